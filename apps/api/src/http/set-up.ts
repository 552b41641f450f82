import { join } from 'node:path';
import { ValidationPipe } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import {
  json,
  Router,
  static as serveFiles,
  text,
  urlencoded,
  type NextFunction,
  type Request,
  type RequestHandler,
  type Response,
} from 'express';
import helmet from 'helmet';
import { Refusal } from '@linli/kernel';
import { flattenProblems, projectRoot, type Config } from '@linli/platform';

const bodyLimit = '256kb';

/** Everything between the socket and the controllers: proxies, headers, bodies, checks, pages, the API reference. */
export function setUpHttp(app: NestExpressApplication, config: Config): void {
  app.disable('x-powered-by');
  app.set('trust proxy', config.trustProxy.length > 0 ? [...config.trustProxy] : false);
  app.set('query parser', 'simple');
  // Answers here are small, personal and rarely asked for twice; files carry their own tags.
  app.set('etag', false);
  app.use(eachByItsDoor());
  app.useGlobalPipes(inputCheck());
  setUpReference(app);
}

/**
 * The platform's pushes are XML or JSON, signed as text: they are read whole, whatever type they claim, and nothing else
 * is done to them, since they are most of all requests. Pages and programs get headers, parsed bodies and files.
 */
function eachByItsDoor(): RequestHandler {
  const pushes = text({ type: () => true, limit: bodyLimit });
  const others = Router();
  others.use(securityHeaders());
  // The simulator's levers carry pictures in base64.
  others.use('/simulator', json({ limit: '8mb' }));
  others.use(json({ limit: bodyLimit }), urlencoded({ extended: false, limit: bodyLimit }));
  const pages = serveFiles(join(projectRoot(), 'dist', 'console'), { index: 'index.html', maxAge: 0 });
  // No page lies under /api: asking the disk for one took a tenth of a request's time.
  others.use((request, response, next) => (request.path.startsWith('/api/') ? next() : pages(request, response, next)));
  return (request, response, next) => {
    const door = request.path.startsWith('/wechat/') ? pushes : others;
    door(request, response, next);
  };
}

/** Shape and bounds are checked once, here; unknown fields are refused and every problem is named. */
export function inputCheck(): ValidationPipe {
  return new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    transform: true,
    exceptionFactory: (errors) => new Refusal('request.invalid', flattenProblems(errors)),
  });
}

/** The OpenAPI document, the full truth about the routes. */
export function openApi(app: NestExpressApplication): OpenAPIObject {
  const document = new DocumentBuilder()
    .setTitle('邻里一网通 Linli')
    .setDescription('街道政务服务的微信入口：事项、办件、评价、考核。')
    .setVersion('1')
    .addBearerAuth()
    .addApiKey({ type: 'apiKey', in: 'header', name: 'X-API-Key' }, 'apiKey')
    .build();
  return SwaggerModule.createDocument(app, document);
}

function setUpReference(app: NestExpressApplication): void {
  SwaggerModule.setup('docs', app, () => openApi(app), {
    jsonDocumentUrl: 'openapi.json',
    yamlDocumentUrl: 'openapi.yaml',
    customSiteTitle: '邻里一网通 接口文档',
  });
}

/** Nothing from elsewhere may be loaded; the reference's own page needs inline styles and its inline start. */
function securityHeaders(): (request: Request, response: Response, next: NextFunction) => void {
  const policy = (inline: boolean): ReturnType<typeof helmet> =>
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'self'"],
          imgSrc: ["'self'", 'data:', 'blob:'],
          styleSrc: inline ? ["'self'", "'unsafe-inline'"] : ["'self'"],
          scriptSrc: ["'self'"],
          objectSrc: ["'none'"],
          baseUri: ["'self'"],
          formAction: ["'self'"],
          frameAncestors: ["'self'"],
        },
      },
      // Behind plain HTTP on one machine HSTS would lock people out; the proxy that ends TLS sets it.
      strictTransportSecurity: false,
    });
  const pages = policy(false);
  const reference = policy(true);
  return (request, response, next) => {
    const headers = request.path.startsWith('/docs') ? reference : pages;
    headers(request, response, next);
  };
}
