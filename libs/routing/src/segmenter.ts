import { Jieba } from '@node-rs/jieba';
import { dict } from '@node-rs/jieba/dict';

/** Cuts a text into words. */
export type Segmenter = (text: string) => string[];

/** A cutter that knows everyday Chinese and the given words besides. */
export function buildSegmenter(words: Iterable<string>): Segmenter {
  const jieba = Jieba.withDict(dict);
  const own = Array.from(new Set(words)).filter((word) => /^\p{Script=Han}{2,8}$/u.test(word));
  if (own.length > 0) jieba.loadDict(Buffer.from(own.map((word) => `${word} 2000 n\n`).join('')));
  // The last text is remembered: it is cut once to put wrong characters right and once more to be known by its words.
  let last = '';
  let cut: string[] = [];
  return (text) => {
    if (text !== last) {
      cut = jieba.cut(text, false);
      last = text;
    }
    return cut;
  };
}
