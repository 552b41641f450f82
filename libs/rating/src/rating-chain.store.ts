import { createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Database, KEYS, type Keys } from '@linli/platform';

interface Link {
  readonly id: string;
  readonly seq: string | null;
  readonly text: string;
  readonly mac: Buffer | null;
}

/** Everything of a rating but whose it is: one person known under two ids is joined later, and that is no forgery. */
const linkText = `concat_ws(E'\\x1f', id, service_event_id, grade, array_to_string(options, ','), options_version,
  coalesce(encode(text, 'hex'), '-'), anonymous, channel, via, source, coalesce(link_id::text, '-'),
  extract(epoch from at))`;
const genesis = Buffer.alloc(32);
const batch = 500;
const checked = 2000;

/** Seals ratings into one HMAC-SM3 chain, so that one changed or deleted in the database is found. */
@Injectable()
export class RatingChainStore {
  constructor(
    private readonly database: Database,
    @Inject(KEYS) private readonly keys: Keys,
  ) {}

  /** Seals what is not sealed yet, in order; one sealer at a time, and no rating waits for it. Returns how many. */
  async seal(): Promise<number> {
    return this.database.transact(async (tx) => {
      const [head] = await tx.sql<{ seq: string; mac: Buffer }>('select seq, mac from rating_head for update');
      const links = await tx.sql<Link>(
        `select id, seq, ${linkText} as text, mac from rating_given where seq is null order by id limit $1`,
        [batch],
      );
      if (links.length === 0) return 0;
      let previous = head?.mac ?? genesis;
      let seq = BigInt(head?.seq ?? 0);
      const sealed = links.map((link) => {
        seq += 1n;
        previous = this.mac(previous, seq, link.text);
        return { id: link.id, seq: seq.toString(), mac: previous };
      });
      await tx.sql(
        `update rating_given g set seq = s.seq, mac = s.mac
         from unnest($1::uuid[], $2::bigint[], $3::bytea[]) as s(id, seq, mac) where g.id = s.id`,
        [sealed.map((one) => one.id), sealed.map((one) => one.seq), sealed.map((one) => one.mac)],
      );
      await tx.sql('update rating_head set seq = $1, mac = $2', [seq.toString(), previous]);
      return links.length;
    });
  }

  /** Recomputes the whole chain in batches and compares it with what is stored; one sentence when it does not fit. */
  async check(): Promise<readonly string[]> {
    // Read first: what is sealed while this runs lies behind it.
    const [head] = await this.database.sql<{ seq: string; mac: Buffer }>('select seq, mac from rating_head');
    let previous: Buffer = genesis;
    let seq = 0n;
    let reached = head?.seq === '0';
    for (;;) {
      const links = await this.database.sql<Link>(
        `select id, seq, ${linkText} as text, mac from rating_given where seq > $1 order by seq limit $2`,
        [seq.toString(), checked],
      );
      if (links.length === 0) break;
      for (const link of links) {
        seq += 1n;
        previous = this.mac(previous, seq, link.text);
        if (link.seq !== seq.toString() || !link.mac?.equals(previous)) return [brokenAt(seq.toString())];
        if (head?.seq === link.seq) reached = head.mac.equals(previous);
      }
    }
    return reached ? [] : [brokenAt('its end')];
  }

  private mac(previous: Buffer, seq: bigint, text: string): Buffer {
    return createHmac('sm3', this.keys.audit)
      .update('rating\x1f')
      .update(previous)
      .update(`${seq}\x1f`)
      .update(text, 'utf8')
      .digest();
  }
}

function brokenAt(place: string): string {
  return `the chain of ratings is broken at ${place}: a rating was changed or deleted`;
}
