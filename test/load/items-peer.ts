import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { Controller, Get, Inject, Module, Query } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import MiniSearch from 'minisearch';
import type { MadeEntry } from './items-words';

const pageSize = 20;
const SEARCH = Symbol('search');
type Search = (words: string) => readonly object[];

/** The same framework, answering with a page of entries from whatever it was given to search with. */
@Controller('api/v1/items')
class PeerController {
  constructor(@Inject(SEARCH) private readonly search: Search) {}

  @Get()
  list(@Query('q') q = ''): object {
    return { items: this.search(q), nextCursor: null };
  }
}

/** One fixed page: what the framework costs by itself. */
function emptySearch(entries: readonly MadeEntry[]): Search {
  const page = entries.slice(0, pageSize);
  return () => page;
}

/** MiniSearch over the same texts; Chinese has no spaces, so every two signs side by side are a term. */
function miniSearch(entries: readonly MadeEntry[]): Search {
  const search = new MiniSearch<MadeEntry>({
    fields: ['name', 'aliases', 'keywords', 'summary'],
    storeFields: ['id', 'kind', 'name', 'department', 'category', 'aliases', 'summary'],
    tokenize: termsOf,
    searchOptions: { boost: { name: 4, aliases: 3, keywords: 2 }, combineWith: 'AND' },
    extractField: (entry, field) => {
      const value = entry[field as keyof MadeEntry];
      return typeof value === 'string' ? value : value.join(' ');
    },
  });
  search.addAll(entries);
  return (words) => search.search(words).slice(0, pageSize);
}

function termsOf(text: string): string[] {
  return [...text.toLowerCase().matchAll(/\p{Script=Han}+|[a-z0-9]+/gu)].flatMap(([run]) =>
    run.length > 1 && /\p{Script=Han}/u.test(run)
      ? [...Array(run.length - 1).keys()].map((at) => run.slice(at, at + 2))
      : [run],
  );
}

async function main(): Promise<void> {
  const entries = JSON.parse(readFileSync(process.env['BENCH_ENTRIES'] ?? '', 'utf8')) as MadeEntry[];
  const before = process.memoryUsage().rss;
  const began = performance.now();
  const search = process.env['BENCH_PEER'] === 'empty' ? emptySearch(entries) : miniSearch(entries);
  const built = { ms: performance.now() - began, mb: (process.memoryUsage().rss - before) / 2 ** 20 };
  @Module({ controllers: [PeerController], providers: [{ provide: SEARCH, useValue: search }] })
  class PeerModule {}
  const app = await NestFactory.create<NestExpressApplication>(PeerModule, { logger: ['error', 'warn'] });
  app.disable('x-powered-by');
  app.set('etag', false);
  await app.listen(0, '127.0.0.1');
  process.on('disconnect', () => process.exit(0));
  process.send?.({ port: Number(new URL(await app.getUrl()).port), ...built });
}

void main();
