import { failedMessage, logRows, type ShownBubble } from './log-rows';

type Way = ShownBubble['way'];

function bubble(seq: number, way: Way, text: string, msgId?: string, minute = 0): ShownBubble {
  const at = new Date(Date.UTC(2026, 10, 2, 1, minute)).toISOString();
  const named = msgId === undefined ? {} : { msgId };
  return { key: `0-${seq}`, seq, at, way, content: { type: 'text', text }, ...named };
}

describe('logRows', () => {
  it.each<[string, Way[], boolean[]]>([
    ['just asked', ['push', 'passive'], [false, true]],
    ['chosen, not answered yet', ['push', 'passive', 'push'], [false, true, false]],
    ['answered by something newer', ['push', 'passive', 'push', 'custom'], [false, false, false, true]],
    ['followed by a message nobody asked for', ['push', 'passive', 'custom'], [false, true, true]],
    ['asked before anything was said', ['passive'], [true]],
    ['chosen, but the push failed', ['passive', 'push', 'failure'], [true, false, false]],
  ])('keeps choices open: %s', (_name, ways, expected) => {
    const rows = logRows(ways.map((way, seq) => bubble(seq, way, String(seq))));
    expect(rows.map((row) => row.choosable)).toEqual(expected);
  });

  it('shows one failure per message, open to another try until the account has answered', () => {
    const failed = [
      bubble(1, 'push', '你好', '9'),
      bubble(2, 'failure', '故障', '9'),
      bubble(3, 'failure', '故障', '9'),
    ];
    expect(logRows(failed).map((row) => [row.bubble.seq, row.retriable])).toEqual([
      [1, false],
      [3, true],
    ]);
    expect(logRows([...failed, bubble(4, 'passive', '您好')]).some((row) => row.retriable)).toBe(false);
  });

  it('shows the time first and after five minutes of silence', () => {
    const rows = logRows([
      bubble(1, 'push', 'a'),
      bubble(2, 'passive', 'b', undefined, 4),
      bubble(3, 'push', 'c', undefined, 9),
    ]);
    expect(rows.map((row) => row.showsTime)).toEqual([true, false, true]);
  });
});

describe('failedMessage', () => {
  it('finds what to send again by its message id', () => {
    const failure = bubble(3, 'failure', '故障', '7');
    expect(failedMessage([bubble(1, 'push', '一', '7'), bubble(2, 'push', '二', '8'), failure], failure)).toEqual({
      type: 'text',
      text: '一',
    });
  });

  it('finds nothing for a push without a bubble', () => {
    const failure = bubble(1, 'failure', '故障', '7');
    expect(failedMessage([failure], failure)).toBeNull();
  });
});
