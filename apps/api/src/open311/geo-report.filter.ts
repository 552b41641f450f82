import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { Request, Response } from 'express';
import { refusalWords } from '@linli/journeys';
import { Refusal, type RefusalKind } from '@linli/kernel';
import { ProblemFilter } from '../http/problem.filter';
import { send } from './wire';

/** GeoReport v2 knows 400, 403 and 404; a key that is missing or wrong is 403. */
const statusOf: Partial<Record<RefusalKind, number>> = {
  invalid: 400,
  unprocessable: 400,
  conflict: 400,
  tooLarge: 400,
  unauthenticated: 403,
  forbidden: 403,
  notFound: 404,
};

/** Errors in the standard's shape: a list of code and description, in the format that was asked for. */
@Catch(Refusal, HttpException)
export class GeoReportFilter implements ExceptionFilter {
  private readonly others = new ProblemFilter();

  catch(error: Refusal | HttpException, host: ArgumentsHost): void {
    const status = error instanceof Refusal ? statusOf[error.kind] : undefined;
    if (!(error instanceof Refusal) || status === undefined) {
      this.others.catch(error, host);
      return;
    }
    const http = host.switchToHttp();
    const details = error.errors.map(({ at, problem }) => `${at}: ${problem}`);
    const description = details.length > 0 ? details.join('; ') : refusalWords[error.code];
    const rows = [{ code: status, description }];
    send(http.getRequest<Request>(), http.getResponse<Response>(), rows, { list: 'errors', one: 'error' }, status);
  }
}
