import {
  type CallHandler,
  type ExecutionContext,
  HttpException,
  Injectable,
  type NestInterceptor,
  StreamableFile,
} from '@nestjs/common';
import type { Request } from 'express';
import { catchError, map, of, type Observable } from 'rxjs';
import { PlatformError, withRid } from './platform-error';
import type { Fault } from './planned-faults';
import { SimState } from './sim-state';

const hidden = ['access_token', 'secret'];

/** Makes every platform API behave alike: planned faults first, errors as `errcode` with a rid, and a record of the call. */
@Injectable()
export class PlatformInterceptor implements NestInterceptor {
  constructor(private readonly state: SimState) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const request = context.switchToHttp().getRequest<Request>();
    const path = request.path.replace(/^.*?\/simulator(?=\/)/, '');
    const fault = this.state.faults.take(path);
    const stopped = fault === null ? null : await suffer(fault, request);
    const answers = stopped === null ? next.handle() : of(stopped);
    return answers.pipe(
      catchError((error: unknown) => {
        if (error instanceof PlatformError) return of({ errcode: error.errcode, errmsg: error.message });
        throw error;
      }),
      map((answer: unknown) => this.finish(request, path, answer)),
    );
  }

  private finish(request: Request, path: string, answer: unknown): unknown {
    const complete = withRequestId(answer);
    this.state.sent.append({
      at: this.state.clock.realNow().toISOString(),
      method: request.method,
      path,
      query: visible(request.query),
      body: visible((request.body ?? {}) as Record<string, unknown>),
      answer: complete instanceof StreamableFile ? '(file)' : complete,
    });
    return complete;
  }
}

async function suffer(fault: Fault, request: Request): Promise<object | null> {
  switch (fault.kind) {
    case 'errcode':
      return { errcode: fault.errcode, errmsg: new PlatformError(fault.errcode).message };
    case 'delay':
      await new Promise((resolve) => setTimeout(resolve, fault.ms));
      return null;
    case 'hang':
      await new Promise((resolve) => request.socket.once('close', resolve));
      return { errcode: -1, errmsg: 'hung up' };
    case 'status':
      throw new HttpException('planned fault', fault.status);
  }
}

function withRequestId(answer: unknown): unknown {
  if (typeof answer !== 'object' || answer === null || !('errmsg' in answer)) return answer;
  return { ...answer, errmsg: withRid(String(answer.errmsg)) };
}

function visible(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !hidden.includes(name)));
}
