import { newId } from '@linli/kernel';
import type { Tx } from '@linli/platform';
import { testDatabase, type TestDatabase } from '@linli/testing';
import { newConversation, type Conversation } from './conversation';
import { ConversationStore } from './conversation.store';
import { Dialogue1780000003000 } from './dialogue.migration';
import { play } from './play';

const now = new Date('2026-03-10T02:00:00Z');
const s1 = { subdistrictId: 's1' };
const s2 = { subdistrictId: 's2' };
const district = { subdistrictId: null };

describe('conversations on PostgreSQL', () => {
  let db: TestDatabase;
  let store: ConversationStore;
  const transact = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => db.database.transact(work);

  beforeAll(async () => {
    db = await testDatabase({ rows: [], migrations: [Dialogue1780000003000] });
    store = new ConversationStore(db.database, db.cipher);
  });
  afterAll(() => db.close());

  const opened = async (
    subdistrictId: string | null,
    lastWords = '低保的事说不清',
  ): Promise<{ id: string; conversationId: string; residentId: string }> => {
    const residentId = newId();
    return transact(async (tx) => {
      const { id: conversationId } = await store.lock(tx, residentId, 'wechatOfficial', now);
      const handOver = {
        conversationId,
        residentId,
        subdistrictId,
        channel: 'wechatOfficial',
        reason: 'asked',
        lastWords,
      } as const;
      return { id: await store.openHandOver(tx, handOver, now), conversationId, residentId };
    });
  };

  it('are made at the first contact, one per resident and channel, and kept', async () => {
    const residentId = newId();
    const first = await transact((tx) => store.lock(tx, residentId, 'wechatOfficial', now));
    expect(first.conversation).toEqual(newConversation());
    const { conversation } = play(['高龄津贴', '3', '桂花街道', '王秀兰', '110105193803050025']);
    await transact((tx) => store.save(tx, first.id, conversation, now));
    expect(await transact((tx) => store.lock(tx, residentId, 'wechatOfficial', now))).toEqual({
      id: first.id,
      conversation,
    });
    const mini = await transact((tx) => store.lock(tx, residentId, 'wechatMini', now));
    expect(mini.id).not.toBe(first.id);
  });

  it('two first contacts at once give one row', async () => {
    const residentId = newId();
    const found = await Promise.all(
      Array.from({ length: 6 }, () => transact((tx) => store.lock(tx, residentId, 'wechatOfficial', now))),
    );
    expect(new Set(found.map((one) => one.id)).size).toBe(1);
    const rows = await db.database.sql('select id from dialogue_conversation where resident_id = $1', [residentId]);
    expect(rows).toHaveLength(1);
  });

  it('two messages at once are heard one after the other, and no word is lost', async () => {
    const residentId = newId();
    const say = (word: string): Promise<void> =>
      transact(async (tx) => {
        const { id, conversation } = await store.lock(tx, residentId, 'wechatOfficial', now);
        await new Promise((resolve) => setTimeout(resolve, 20));
        await store.save(tx, id, { ...conversation, lastWords: conversation.lastWords + word }, now);
      });
    await Promise.all(['一', '二', '三', '四'].map(say));
    const { conversation } = await transact((tx) => store.lock(tx, residentId, 'wechatOfficial', now));
    expect([...conversation.lastWords].sort()).toEqual(['一', '三', '二', '四'].sort());
  });

  it('go on under another id of the same person, in place of an older one', async () => {
    const { id, conversationId, residentId } = await opened('s1');
    const older = newId();
    const gone = await transact((tx) => store.lock(tx, older, 'wechatOfficial', now));
    const mini = await transact((tx) => store.lock(tx, older, 'wechatMini', now));
    await transact((tx) => store.moveResident(tx, residentId, older));
    const found = await transact((tx) => store.lock(tx, older, 'wechatOfficial', now));
    expect(found.id).toBe(conversationId);
    expect(found.id).not.toBe(gone.id);
    expect((await transact((tx) => store.lock(tx, older, 'wechatMini', now))).id).toBe(mini.id);
    expect(await transact((tx) => store.partyOf(tx, id, s1))).toMatchObject({ residentId: older });
  });

  it('a conversation of another shape begins anew', async () => {
    const residentId = newId();
    const { id } = await transact((tx) => store.lock(tx, residentId, 'wechatOfficial', now));
    await transact((tx) => store.save(tx, id, { shape: 0, mode: { kind: 'gone' } } as unknown as Conversation, now));
    expect((await transact((tx) => store.lock(tx, residentId, 'wechatOfficial', now))).conversation).toEqual(
      newConversation(),
    );
  });

  it('nothing a resident said can be read in the rows', async () => {
    const { id, conversationId } = await opened('s1', '我叫王秀兰，身份证110105193803050025');
    await transact(async (tx) => {
      await store.addLine(tx, conversationId, 'resident', '电话13912345678', ['media-1'], now);
      await store.save(
        tx,
        conversationId,
        play(['高龄津贴', '3', '桂花街道', '王秀兰', '110105193803050025']).conversation,
        now,
      );
    });
    const [row] = await db.database.sql<{ dump: string }>(
      `select convert_from(convert_to(string_agg(t, ' '), 'UTF8'), 'UTF8') || ' ' || string_agg(encode(b, 'escape'), ' ') as dump from (
         select c::text as t, c.state as b from dialogue_conversation c where id = $1
         union all select h::text, h.last_words from dialogue_hand_over h where id = $2
         union all select l::text, l.content from dialogue_line l where hand_over_id = $2) x`,
      [conversationId, id],
    );
    const bytes = await db.database.sql<{ b: Buffer }>(
      `select state as b from dialogue_conversation where id = $1 union all select last_words from dialogue_hand_over where id = $2
       union all select content from dialogue_line where hand_over_id = $2`,
      [conversationId, id],
    );
    expect(bytes).toHaveLength(4);
    const all = [row!.dump, ...bytes.map((one) => one.b.toString('utf8'))].join(' ');
    for (const secret of ['王秀兰', '110105193803050025', '13912345678', 'media-1', 'filling'])
      expect(all).not.toContain(secret);
    expect(await store.handOver(id, s1)).toMatchObject({
      lastWords: '电话13912345678',
      lines: [{ words: '我叫王秀兰，身份证110105193803050025' }, { words: '电话13912345678', mediaIds: ['media-1'] }],
    });
  });

  it('one hand-over is open per conversation, two openings at once included', async () => {
    const { id, conversationId, residentId } = await opened('s1');
    const again = {
      conversationId,
      residentId,
      subdistrictId: 's1',
      channel: 'wechatOfficial',
      reason: 'threeWrongAnswers',
      lastWords: '还是不行',
    } as const;
    const ids = await Promise.all([1, 2].map(() => transact((tx) => store.openHandOver(tx, again, now))));
    expect(ids).toEqual([id, id]);
    const shown = await store.handOver(id, s1);
    expect(shown).toMatchObject({ reason: 'asked', lastWords: '还是不行' });
    expect(shown?.lines).toHaveLength(3);
    await transact((tx) => store.endOf(tx, conversationId, now));
    expect(await transact((tx) => store.openHandOver(tx, again, now))).not.toBe(id);
  });

  it('of two officers one takes it; whoever has it may take it again', async () => {
    const { id, conversationId, residentId } = await opened('s1');
    const [anna, boris] = [newId(), newId()];
    const taken = await Promise.all(
      [anna, boris].map((officer) => transact((tx) => store.take(tx, id, officer, s1, now))),
    );
    expect(taken.filter((one) => one !== null)).toEqual([{ conversationId, residentId, channel: 'wechatOfficial' }]);
    const winner = taken[0] ? anna : boris;
    expect(await transact((tx) => store.take(tx, id, winner, s1, now))).not.toBeNull();
    expect(await store.handOver(id, s1)).toMatchObject({ state: 'taken', officerId: winner });
  });

  it('ends once, and takes no line afterwards', async () => {
    const { id, conversationId, residentId } = await opened('s1');
    const ended = await Promise.all([1, 2].map(() => transact((tx) => store.end(tx, id, s1, now))));
    expect(ended.filter((one) => one !== null)).toEqual([{ conversationId, residentId, channel: 'wechatOfficial' }]);
    expect(await transact((tx) => store.addLine(tx, conversationId, 'resident', '还在吗', [], now))).toBe(false);
    expect(await transact((tx) => store.take(tx, id, newId(), s1, now))).toBeNull();
    expect(await transact((tx) => store.partyOf(tx, id, s1))).toBeNull();
    expect(await store.handOver(id, s1)).toMatchObject({ state: 'ended' });
  });

  it('the officer’s words are kept with the resident’s, in order, and do not count as last words', async () => {
    const { id, conversationId } = await opened('s1', '你好');
    await transact(async (tx) => {
      await store.addLine(tx, conversationId, 'officer', '您好，请讲', [], now);
      await store.addLine(tx, conversationId, 'resident', '', ['m1'], now);
    });
    const shown = await store.handOver(id, s1);
    expect(shown?.lines.map(({ who, words, mediaIds }) => [who, words, mediaIds])).toEqual([
      ['resident', '你好', []],
      ['officer', '您好，请讲', []],
      ['resident', '', ['m1']],
    ]);
    expect(shown?.lastWords).toBe('你好');
  });

  it('belong to a subdistrict, to all while that is unknown; another’s is not there', async () => {
    const mine = await opened('s1');
    const nobodys = await opened(null);
    expect(await store.handOver(mine.id, s2)).toBeNull();
    expect(await transact((tx) => store.take(tx, mine.id, newId(), s2, now))).toBeNull();
    expect(await transact((tx) => store.end(tx, mine.id, s2, now))).toBeNull();
    expect(await store.handOver(mine.id, district)).not.toBeNull();
    expect(await store.handOver(nobodys.id, s2)).not.toBeNull();
    expect(await store.handOver('not-an-id', district)).toBeNull();
  });

  it('are listed oldest first, page by page, each once', async () => {
    await db.database.sql(`update dialogue_hand_over set state = 'ended', ended_at = $1 where state <> 'ended'`, [now]);
    const ids: string[] = [];
    for (const area of ['s1', null, 's2', 's1', null, 's1']) ids.push((await opened(area)).id);
    const all = async (scope: { subdistrictId: string | null }): Promise<string[]> => {
      const found: string[] = [];
      let cursor: string | null = null;
      do {
        const page: { items: { id: string }[]; nextCursor: string | null } = await store.handOvers(
          scope,
          'waiting',
          2,
          cursor,
        );
        expect(page.items.length).toBeLessThanOrEqual(2);
        found.push(...page.items.map((one) => one.id));
        cursor = page.nextCursor;
      } while (cursor !== null);
      return found;
    };
    expect(await all(district)).toEqual(ids);
    expect(await all(s1)).toEqual(ids.filter((_id, at) => at !== 2));
    expect(await all(s2)).toEqual([ids[1], ids[2], ids[4]]);
    expect((await store.handOvers(district, 'taken', 10, null)).items).toEqual([]);
    await expect(store.handOvers(district, 'waiting', 10, 'x')).rejects.toMatchObject({
      code: 'request.cursorInvalid',
    });
  });
});
