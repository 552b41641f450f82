import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { projectRoot } from '@linli/platform';
import { schemeOf, type Scheme } from './scheme';
import { schemeProblems } from './scheme-check';

interface Published {
  readonly scheme: Scheme;
  /** SHA-256 of the file. */
  readonly hash: string;
}

/** The schemes of a deployment, read once; a folder with a wrong or altered one stops the start. */
@Injectable()
export class Schemes {
  private readonly published: readonly [Published, ...Published[]];

  constructor() {
    this.published = readSchemes(join(projectRoot(), 'config', 'assessment'));
  }

  /** The scheme a month is assessed by. */
  of(period: string): Scheme {
    const [first, ...others] = this.published;
    return schemeOf([first.scheme, ...others.map((one) => one.scheme)], period);
  }

  /** A scheme by its version, as a closed month names it. */
  named(version: string): Scheme | null {
    return this.published.find((one) => one.scheme.version === version)?.scheme ?? null;
  }

  hashOf(version: string): string | null {
    return this.published.find((one) => one.scheme.version === version)?.hash ?? null;
  }
}

/** Reads `scheme-*.json`, oldest first; `published.json` holds the digest of each, which it keeps for ever. */
export function readSchemes(folder: string): readonly [Published, ...Published[]] {
  const locked = JSON.parse(readFileSync(join(folder, 'published.json'), 'utf8')) as Record<string, string>;
  const files = readdirSync(folder).filter((name) => /^scheme-.+\.json$/.test(name));
  const published = files
    .map((name) => readScheme(join(folder, name)))
    .sort((a, b) => (a.scheme.effectiveFrom < b.scheme.effectiveFrom ? -1 : 1));
  const problems = [
    ...published.flatMap(({ scheme, hash }) => [
      ...schemeProblems(scheme).map((problem) => `${scheme.version}: ${problem}`),
      ...(locked[scheme.version] === hash
        ? []
        : [`${scheme.version}: it is not as published; a change needs a new version (sha256 ${hash})`]),
    ]),
    ...Object.keys(locked)
      .filter((version) => !published.some((one) => one.scheme.version === version))
      .map((version) => `${version}: it was published and is gone`),
  ];
  const [first, ...others] = published;
  if (problems.length > 0 || !first) throw new Error(['config/assessment:', ...problems].join('\n  '));
  return [first, ...others];
}

function readScheme(path: string): Published {
  const text = readFileSync(path, 'utf8');
  return { scheme: JSON.parse(text) as Scheme, hash: createHash('sha256').update(text).digest('hex') };
}
