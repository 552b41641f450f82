import { randomUUID } from 'node:crypto';
import {
  type ArgumentsHost,
  Catch,
  type ExceptionFilter,
  HttpException,
  Logger,
  PayloadTooLargeException,
} from '@nestjs/common';
import { ThrottlerException } from '@nestjs/throttler';
import type { Request, Response } from 'express';
import { Refusal, type RefusalCode, type RefusalKind } from '@linli/kernel';
import { refusalTitles, refusalWords } from '@linli/journeys';
import { sqlState } from '@linli/platform';

export const statusOf: Record<RefusalKind, number> = {
  unauthenticated: 401,
  forbidden: 403,
  notFound: 404,
  invalid: 400,
  conflict: 409,
  tooLarge: 413,
  limited: 429,
  unavailable: 503,
  unprocessable: 422,
};

/** What the framework itself refuses, in our codes. */
const frameworkCodes: Readonly<Record<number, RefusalCode>> = {
  400: 'request.invalid',
  404: 'request.notFound',
  405: 'request.notFound',
  408: 'service.unavailable',
  413: 'request.tooLarge',
  415: 'request.unsupportedType',
  429: 'request.tooMany',
  503: 'service.unavailable',
};

/** Failures of PostgreSQL that pass by themselves: no connection, shutting down, too busy, a lock not granted in time. */
const passing = new Set(['08000', '08003', '08006', '57P01', '57P02', '57P03', '53300', '55P03', '57014']);
const unreachable = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT']);

interface Traced {
  readonly id?: unknown;
}

/** Turns everything thrown into `application/problem+json` (RFC 9457); what is not a refusal is a bug, logged whole and told bare. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('http');

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const response = http.getResponse<Response>();
    const { id } = http.getRequest<Request & Traced>() as Traced;
    const traceId = typeof id === 'string' ? id : randomUUID();
    if (response.headersSent) {
      response.end();
      return;
    }
    const refusal = refusalOf(error);
    if (!refusal) this.logger.error(error);
    const status = refusal ? statusOf[refusal.kind] : 500;
    if (status === 503) response.setHeader('Retry-After', '2');
    response
      .status(status)
      .type('application/problem+json')
      .send(JSON.stringify(problemOf(refusal, status, traceId)));
  }
}

function problemOf(refusal: Refusal | null, status: number, traceId: string): object {
  const code = refusal?.code ?? 'internal';
  return {
    type: `urn:linli:problem:${code}`,
    title: refusal ? refusalTitles[refusal.kind] : '系统出错',
    status,
    code,
    detail: refusal
      ? refusalWords[refusal.code]
      : `系统出了问题，请稍后再试；如仍不行，请把编号 ${traceId} 告诉工作人员。`,
    traceId,
    ...(refusal && refusal.errors.length > 0 ? { errors: refusal.errors } : {}),
  };
}

function refusalOf(error: unknown): Refusal | null {
  if (error instanceof Refusal) return error;
  if (error instanceof ThrottlerException) return new Refusal('request.tooMany');
  // What the upload parser says of a file over its limit.
  if (error instanceof PayloadTooLargeException && error.message === 'File too large')
    return new Refusal('file.tooLarge');
  const status = error instanceof HttpException ? error.getStatus() : (error as { status?: unknown } | null)?.status;
  const code = typeof status === 'number' ? frameworkCodes[status] : undefined;
  if (code) return new Refusal(code);
  if (passing.has(sqlState(error) ?? '') || unreachable.has(String((error as { code?: unknown } | null)?.code)))
    return new Refusal('service.unavailable');
  if (error instanceof Error && /Connection terminated|timeout exceeded when trying to connect/.test(error.message))
    return new Refusal('service.unavailable');
  return null;
}
