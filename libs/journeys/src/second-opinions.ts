import { Inject, Injectable, Logger } from '@nestjs/common';
import { CatalogueService } from '@linli/catalogue';
import type { RouteResult } from '@linli/contracts';
import { maskPersonal } from '@linli/guidance';
import { Clock, CONFIG, type Config } from '@linli/platform';
import { Breaker } from './breaker';
import { Guidepost } from './guidepost';
import { LanguageModel } from './language-model';
import { isUnclear, requestFor, withOpinion, type Adviser, type Opinion } from './second-opinion';

const candidatesAsked = 5;
const failuresMost = 3;
const restMs = 60_000;
/** What one slow model may hold up at once; whoever comes after hears the engine alone. */
const askedAtOnce = 8;

/**
 * What a text means, with a language model asked where the engine is unsure and one is set up. The engine's own answer
 * stands whenever anything is wrong with the other.
 */
@Injectable()
export class SecondOpinions {
  private readonly logger = new Logger(SecondOpinions.name);
  private readonly breaker = new Breaker(failuresMost, restMs);
  private readonly adviser: Adviser | null;
  private asking = 0;

  constructor(
    private readonly guidepost: Guidepost,
    private readonly catalogue: CatalogueService,
    private readonly clock: Clock,
    @Inject(CONFIG) { languageModel }: Config,
  ) {
    this.adviser = languageModel === null ? null : new LanguageModel(languageModel);
  }

  /** Whether a language model is set up at all. */
  get isOn(): boolean {
    return this.adviser !== null;
  }

  /** Routes a text; never inside a transaction, since it may wait for as long as `budgetMs`. */
  async route(text: string, limit: number, budgetMs: number): Promise<RouteResult> {
    if (!this.adviser) return this.guidepost.route(text, limit);
    const own = this.guidepost.route(text, Math.max(limit, candidatesAsked));
    const opinion = await this.opinionOn(text, own, budgetMs);
    const { candidates, ...rest } = withOpinion(own, opinion);
    return { ...rest, candidates: candidates.slice(0, limit) };
  }

  /** What the model says of a text the engine is unsure of; null for none. */
  async opinionOn(text: string, own: RouteResult, budgetMs: number): Promise<Opinion | null> {
    const { adviser } = this;
    if (!adviser || !isUnclear(own) || this.asking >= askedAtOnce) return null;
    if (!this.breaker.allows(this.clock.now())) return null;
    this.asking += 1;
    try {
      const opinion = await adviser.advise(requestFor(maskPersonal(text), own), budgetMs);
      this.breaker.succeeded();
      return opinion && this.namesNoOther(opinion, own) ? opinion : null;
    } catch (error) {
      if (this.breaker.failed(this.clock.now()))
        this.logger.warn(`the language model is left alone for a minute: ${(error as Error).message}`);
      return null;
    } finally {
      this.asking -= 1;
    }
  }

  /** A question that names an entry which was not among the candidates would invent a meaning. */
  private namesNoOther({ question }: Opinion, { candidates }: RouteResult): boolean {
    if (question === null) return true;
    const offered = new Set(candidates.map(({ id }) => id));
    const plain = candidates.reduce((words, { name }) => words.replaceAll(name, ''), question);
    return !this.catalogue.current().entries.some(({ id, name }) => !offered.has(id) && plain.includes(name));
  }
}
