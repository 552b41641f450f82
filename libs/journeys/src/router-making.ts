import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable, Logger } from '@nestjs/common';
import type { CatalogueEntry } from '@linli/contracts';
import { ArtefactStore, giveBackMemory, inSlices } from '@linli/platform';
import type { Router } from '@linli/routing';

const engineFolder = join(__dirname, '../../routing/src');
const purpose = 'routing.knowledge';
/** How long the making of a router may hold the process before others have their turn. */
const sliceMs = 5;

/** Stands for the engine's code and all it learns from besides a catalogue: what another engine learned is not read. */
async function engineMark(): Promise<string> {
  const hash = createHash('sha256').update(process.version);
  hash.update(await readFile(require.resolve('@node-rs/jieba/package.json')));
  const files = await readdir(engineFolder, { recursive: true });
  for (const file of files.filter((one) => /(?<!\.d|\.spec)\.(?:js|ts|json)$/.test(one)).sort()) {
    hash.update(file).update(await readFile(join(engineFolder, file)));
  }
  return hash.digest('hex');
}

/**
 * Makes the router of a published catalogue. What was learned of it is kept, so that the next process, or the same after a
 * guide was changed, need not learn again: half a second instead of three.
 */
@Injectable()
export class RouterMaking {
  private readonly logger = new Logger(RouterMaking.name);
  private mark: Promise<string> | null = null;

  constructor(private readonly artefacts: ArtefactStore) {}

  /**
   * The engine is loaded only by processes that hear residents: its dictionaries weigh 100 MB. By path, for the build. A
   * router is learned a few milliseconds at a time, so that nobody waits while a new one comes of age.
   */
  async make(entries: readonly CatalogueEntry[]): Promise<Router> {
    const { knowledgeKey, learnRouter, writeKnowledge } = await import('../../routing/src/index');
    const key = `${knowledgeKey(entries)}.${await (this.mark ??= engineMark())}`;
    const known = await this.known(key, entries);
    if (known) return known;
    const { router, knowledge } = await inSlices(learnRouter(entries), sliceMs);
    const written = await inSlices(writeKnowledge(knowledge), sliceMs);
    giveBackMemory();
    // Whether it could be kept concerns the next process alone.
    await this.artefacts
      .keep(purpose, key, written)
      .catch((error: unknown) => this.logger.warn(error, 'what was learned could not be kept'));
    return router;
  }

  private async known(key: string, entries: readonly CatalogueEntry[]): Promise<Router | null> {
    const { knowingRouter, readKnowledge } = await import('../../routing/src/index');
    try {
      const kept = await this.artefacts.find(purpose, key);
      if (!kept) return null;
      return await inSlices(knowingRouter(entries, await inSlices(readKnowledge(kept), sliceMs)), sliceMs);
    } catch (error) {
      this.logger.warn(error, 'what was learned before could not be read: it is learned again');
      return null;
    }
  }
}
