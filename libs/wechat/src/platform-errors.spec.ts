import {
  failureKind,
  failureOf,
  isCodeError,
  isTokenError,
  isUnreachable,
  statusFailure,
  type FailureKind,
} from './platform-errors';

describe('error codes', () => {
  it.each<[FailureKind, number[]]>([
    ['retry', [-1, 40001, 40014, 42001, 43108, -80001]],
    ['slow', [45011]],
    ['unreachable', [40003, 43004, 43019, 48002, 43101]],
    ['window', [45015, 45047]],
    ['content', [40033, 47001, 47003, 40037, 45002, 45168, 40007, 99999]],
    ['quota', [45009, 44990, 44991, 44992, 44993]],
    ['config', [40013, 40125, 41002, 41004, 40164, 40243]],
    ['permission', [48001, 48004, 50002, 43107]],
  ])('ask for %s', (kind, codes) => {
    expect(codes.map(failureKind)).toEqual(codes.map(() => kind));
  });

  it('tell tokens, login codes and residents out of reach apart', () => {
    const codes = [40001, 40014, 42001, 40029, 40163, 43101, 45015, 0];
    expect(codes.filter(isTokenError)).toEqual([40001, 40014, 42001]);
    expect(codes.filter(isCodeError)).toEqual([40029, 40163]);
    expect(codes.filter(isUnreachable)).toEqual([43101]);
  });

  it('are named with the request id and nothing else the platform wrote', () => {
    const failure = failureOf('/x', 40003, 'invalid openid oLi rid: 1a2b3c4d-1a2b3c4d-1a2b3c4d');
    expect(failure).toMatchObject({ kind: 'unreachable', errcode: 40003, name: 'WechatFailure' });
    expect(failure.message).toBe('WeChat /x answered 40003 (rid 1a2b3c4d-1a2b3c4d-1a2b3c4d)');
  });

  it.each<[number, FailureKind]>([
    [500, 'retry'],
    [503, 'retry'],
    [408, 'retry'],
    [429, 'slow'],
    [404, 'config'],
    [302, 'config'],
  ])('judge HTTP %i as %s', (status, kind) => {
    expect(statusFailure('/x', status)).toMatchObject({ kind, errcode: null });
  });
});
