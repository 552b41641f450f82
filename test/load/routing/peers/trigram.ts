import { readFileSync } from 'node:fs';
import { foundOf, wanted, type Build, type Usage } from '../engine';

/** A database whose letters include Chinese: under the locale C the extension sees none. */
const schema = `
  create extension pg_trgm;
  create table part (owner text not null, words text not null);
`;

/**
 * PostgreSQL's pg_trgm over an index, each name, alias, keyword and phrasing a row of its own. The squares of their
 * likenesses are summed: that finds more than the best alone, or than word_similarity either way.
 */
export const trigram: Build = async (documents, { databaseUrl }) => {
  const { Client } = await import('pg');
  const client = new Client({ connectionString: databaseUrl ?? '' });
  await client.connect();
  await client.query(schema);
  const parts = documents.flatMap(({ id, name, aliases, keywords, summary, phrasings }) =>
    [name, ...aliases, ...keywords, summary, ...phrasings].map((words) => ({ id, words })),
  );
  await client.query('insert into part select * from unnest($1::text[], $2::text[])', [
    parts.map(({ id }) => id),
    parts.map(({ words }) => words),
  ]);
  await client.query('create index part_words on part using gin (words gin_trgm_ops)');
  await client.query('analyze part');
  await client.query('set pg_trgm.similarity_threshold = 0.05');
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  return {
    ask: async (text) => {
      const found = await client.query<{ id: string; score: number }>({
        name: 'ask',
        text: `select owner as id, sum(similarity(words, $1) ^ 2)::float8 as score from part where words % $1
               group by owner order by score desc, owner limit ${wanted}`,
        values: [text],
      });
      return foundOf(found.rows);
    },
    elsewhere: () => usageOf(rows[0]?.pid ?? 0),
    close: () => client.end(),
  };
};

const ticksPerSecond = 100;

/** What a process holds, pages it shares counted in part, and the processor time it has used; nothing where there is no /proc. */
function usageOf(pid: number): Usage {
  try {
    const kilobytes = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1];
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    const ticks = Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
    return { bytes: Number(kilobytes ?? 0) * 1024, cpuMs: (1000 * ticks) / ticksPerSecond };
  } catch {
    return { bytes: 0, cpuMs: 0 };
  }
}
