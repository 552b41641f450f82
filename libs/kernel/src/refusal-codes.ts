/** What kind of refusal a code is; the HTTP door derives the status from it. */
export type RefusalKind =
  | 'unauthenticated'
  | 'forbidden'
  | 'notFound'
  | 'invalid'
  | 'conflict'
  | 'tooLarge'
  | 'limited'
  | 'unavailable'
  | 'unprocessable';

/** Every refusal the product can utter, with its kind. A code without words in `journeys` does not compile. */
export const refusalKinds = {
  'request.invalid': 'invalid',
  'request.tooLarge': 'tooLarge',
  'request.notFound': 'notFound',
  'request.tooMany': 'limited',
  'request.unsupportedType': 'invalid',
  'request.cursorInvalid': 'invalid',
  'service.unavailable': 'unavailable',
  'idempotency.mismatch': 'unprocessable',
  'idempotency.keyInvalid': 'invalid',
  'auth.tokenMissing': 'unauthenticated',
  'auth.tokenInvalid': 'unauthenticated',
  'auth.tokenExpired': 'unauthenticated',
  'auth.credentialsWrong': 'unauthenticated',
  'auth.accountLocked': 'limited',
  'auth.passwordWeak': 'invalid',
  'auth.passwordChangeRequired': 'forbidden',
  'auth.roleMissing': 'forbidden',
  'auth.csrf': 'forbidden',
  'auth.apiKeyInvalid': 'unauthenticated',
  'wechat.signature': 'forbidden',
  'wechat.stale': 'forbidden',
  'wechat.foreignApp': 'forbidden',
  'wechat.plaintextRefused': 'forbidden',
  'wechat.malformed': 'invalid',
  'wechat.codeInvalid': 'unauthenticated',
  'wechat.unavailable': 'unavailable',
  'directory.invalid': 'invalid',
  'directory.accountTaken': 'conflict',
  'directory.notFound': 'notFound',
  'item.notFound': 'notFound',
  'item.notOnline': 'conflict',
  'catalogue.invalid': 'invalid',
  'route.textEmpty': 'invalid',
  'route.textTooLong': 'invalid',
  'case.notFound': 'notFound',
  'case.invalid': 'invalid',
  'case.answersInvalid': 'invalid',
  'case.notAccepted': 'conflict',
  'case.alreadyAccepted': 'conflict',
  'case.noticeAlreadyGiven': 'conflict',
  'case.noticeNotGiven': 'conflict',
  'case.closed': 'conflict',
  'case.wrongState': 'conflict',
  'case.evidenceMissing': 'invalid',
  'report.categoryUnknown': 'invalid',
  'file.typeRefused': 'invalid',
  'file.tooLarge': 'tooLarge',
  'file.empty': 'invalid',
  'file.notFound': 'notFound',
  'file.inUse': 'conflict',
  'handOver.notFound': 'notFound',
  'handOver.notYours': 'conflict',
  'rating.alreadyGiven': 'conflict',
  'rating.notFound': 'notFound',
  'rating.notOpen': 'conflict',
  'rating.addendumGiven': 'conflict',
  'assessment.periodInvalid': 'invalid',
  'assessment.periodClosed': 'conflict',
  'assessment.subjectUnknown': 'notFound',
  'responsibility.invalid': 'invalid',
  'responsibility.notFound': 'notFound',
  'responsibility.admissionInvalid': 'invalid',
  'responsibility.admissionOverlaps': 'conflict',
  'responsibility.admissionState': 'conflict',
  'responsibility.samePerson': 'conflict',
  'responsibility.communityGuard': 'conflict',
  'responsibility.capReached': 'conflict',
  'responsibility.notAssignable': 'conflict',
  'lifeEvent.notFound': 'notFound',
  'lifeEvent.invalid': 'invalid',
} as const satisfies Record<string, RefusalKind>;

/** A stable code such as `case.notAccepted`; outsiders program against it. */
export type RefusalCode = keyof typeof refusalKinds;
