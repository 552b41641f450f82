import 'reflect-metadata';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants';
import { Test } from '@nestjs/testing';
import { DiscoveryModule, DiscoveryService, MetadataScanner } from '@nestjs/core';
import type { Access } from '@linli-app/api';
import { accessKey } from '@linli/platform';
import { openProduct, type Product } from '../support/product';

interface Route {
  readonly name: string;
  readonly access: Access | undefined;
}

/** Every handler of the controllers a module tree holds, with what it says about access. */
function routesOf(discovery: DiscoveryService): Route[] {
  const scanner = new MetadataScanner();
  return discovery.getControllers().flatMap(({ metatype, instance }) => {
    if (typeof metatype !== 'function') return [];
    const prototype = Object.getPrototypeOf(instance) as object;
    const base = String(Reflect.getMetadata(PATH_METADATA, metatype) ?? '');
    return scanner.getAllMethodNames(prototype).flatMap((method) => {
      const handler = (prototype as Record<string, object>)[method];
      if (!handler || Reflect.getMetadata(METHOD_METADATA, handler) === undefined) return [];
      const access = (Reflect.getMetadata(accessKey, handler) ?? Reflect.getMetadata(accessKey, metatype)) as
        Access | undefined;
      return [{ name: `${metatype.name}.${method} ${base}`, access }];
    });
  });
}

describe('every route', () => {
  let product: Product;
  let routes: Route[];

  beforeAll(async () => {
    product = await openProduct(['api']);
    const { rootOf } = await import('@linli-app/standalone');
    const root = await rootOf(product.ground, ['api'], () => product.url, true);
    const app = await Test.createTestingModule({ imports: [root, DiscoveryModule] }).compile();
    routes = routesOf(app.get(DiscoveryService));
    await app.close();
  });
  afterAll(() => product.close());

  it('says who may call it, or why it is public', () => {
    expect(routes.length).toBeGreaterThan(25);
    expect(routes.filter((route) => route.access === undefined).map((route) => route.name)).toEqual([]);
    const reasons = routes.flatMap(({ access }) => (access && 'publicBecause' in access ? [access.publicBecause] : []));
    expect(reasons.filter((reason) => reason.length < 10)).toEqual([]);
  });

  it('that names callers refuses a caller without a token', async () => {
    const paths = [
      ['GET', '/api/v1/me/cases'],
      ['POST', '/api/v1/cases'],
      ['POST', '/api/v1/files'],
      ['GET', '/api/v1/staff/cases'],
      ['GET', '/api/v1/staff/conversations'],
      ['GET', '/api/v1/assessments/2026-03/scores'],
      ['POST', '/api/v1/ratings'],
    ] as const;
    for (const [method, path] of paths) {
      const response = await fetch(product.url + path, { method });
      expect([path, response.status]).toEqual([path, 401]);
      expect(response.headers.get('content-type')).toContain('application/problem+json');
    }
  });
});
