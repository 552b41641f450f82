declare module '@orama/tokenizers/mandarin' {
  import type { Tokenizer } from '@orama/orama';

  export function createTokenizer(config?: { readonly language: 'mandarin' }): Tokenizer;
}

declare module '@nlpjs/basic' {
  /** As much of nlp.js as is asked of it. */
  export interface Nlp {
    addLanguage(locale: string): void;
    addDocument(locale: string, utterance: string, intent: string): void;
    train(): Promise<void>;
    process(
      locale: string,
      utterance: string,
    ): Promise<{ readonly classifications: readonly { readonly intent: string; readonly score: number }[] }>;
  }

  export function containerBootstrap(): Promise<{ use(plugin: unknown): void; get(name: 'nlp'): Nlp }>;
  export const Nlp: unknown;
}

declare module '@nlpjs/lang-zh' {
  export const LangZh: unknown;
}
