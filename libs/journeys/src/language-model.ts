import type { LanguageModelSettings } from '@linli/platform';
import { messagesFor, readOpinion, type Adviser, type Opinion, type OpinionRequest } from './second-opinion';

const mostBytes = 64 * 1024;
const mostTokens = 300;

/** Why nothing came of asking; told to the log, and nothing of what was said. */
export class NoOpinion extends Error {}

/** A language model behind OpenAI-compatible chat completions. Throws `NoOpinion` for whatever is not a plain opinion. */
export class LanguageModel implements Adviser {
  private readonly address: string;

  constructor(private readonly settings: LanguageModelSettings) {
    this.address = `${settings.baseUrl.replace(/\/+$/, '')}/chat/completions`;
  }

  async advise(request: OpinionRequest, budgetMs: number): Promise<Opinion> {
    // One limit over connecting, waiting and reading.
    const signal = AbortSignal.timeout(budgetMs);
    const response = await this.post(request, signal).catch((error: unknown) => {
      throw new NoOpinion(signal.aborted ? 'it did not answer in time' : `it could not be reached (${nameOf(error)})`);
    });
    if (!response.ok) {
      await response.body?.cancel().catch(() => undefined);
      throw new NoOpinion(`it answered ${response.status}`);
    }
    const text = await read(response).catch((error: unknown) => {
      if (error instanceof NoOpinion) throw error;
      throw new NoOpinion(signal.aborted ? 'it did not finish in time' : `it broke off (${nameOf(error)})`);
    });
    const opinion = readOpinion(contentOf(text), request);
    if (opinion === null) throw new NoOpinion('it said something else than a choice among the candidates');
    return opinion;
  }

  private post(request: OpinionRequest, signal: AbortSignal): Promise<Response> {
    const { apiKey, model } = this.settings;
    return fetch(this.address, {
      method: 'POST',
      signal,
      // The words go where the operator said and nowhere else.
      redirect: 'error',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        ...(apiKey === null ? {} : { authorization: `Bearer ${apiKey}` }),
      },
      body: JSON.stringify({
        model,
        messages: messagesFor(request),
        temperature: 0,
        max_tokens: mostTokens,
        stream: false,
      }),
    });
  }
}

/** The body as text, given up when it is longer than any opinion. */
async function read(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let [text, bytes] = ['', 0];
  for (let part = await reader?.read(); part?.done === false; part = await reader?.read()) {
    bytes += part.value.byteLength;
    if (bytes > mostBytes) {
      await reader?.cancel();
      throw new NoOpinion('it said too much');
    }
    text += decoder.decode(part.value, { stream: true });
  }
  return text + decoder.decode();
}

/** What the first choice says; undefined for any other shape. */
function contentOf(text: string): unknown {
  try {
    const body = JSON.parse(text) as { choices?: { message?: { content?: unknown } }[] } | null;
    return body?.choices?.[0]?.message?.content;
  } catch {
    return undefined;
  }
}

function nameOf(error: unknown): string {
  const cause = (error as { cause?: { code?: unknown } } | null)?.cause?.code;
  return typeof cause === 'string' ? cause : error instanceof Error ? error.name : 'unknown';
}
