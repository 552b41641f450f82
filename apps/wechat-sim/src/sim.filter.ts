import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { Response } from 'express';

/** Answers refusals of the simulator itself as `{error}`, whatever the app that mounts it does with its own. */
@Catch(HttpException)
export class SimFilter implements ExceptionFilter<HttpException> {
  catch(exception: HttpException, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    if (response.headersSent) return;
    const body = exception.getResponse();
    const reason = typeof body === 'object' && 'message' in body ? body.message : body;
    response.status(exception.getStatus()).json({ error: reason });
  }
}
