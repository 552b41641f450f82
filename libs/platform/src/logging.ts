import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { RequestMethod, type DynamicModule } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import type { LogFn, Logger } from 'pino';

const traceIdPattern = /^[0-9A-Za-z-]{8,64}$/;

/** What the framework tells of itself at every start: a hundred lines nobody reads. */
const frameworkTalk = new Set<unknown>(['InstanceLoader', 'RouterExplorer', 'RoutesResolver', 'NestFactory']);

/** The path without its query: queries carry signatures, codes and what people searched for. */
function pathOf(request: IncomingMessage & { originalUrl?: string }): string {
  return (request.originalUrl ?? request.url ?? '').split('?')[0] ?? '';
}

function withoutFrameworkTalk(this: Logger, args: Parameters<LogFn>, method: LogFn): void {
  const first: unknown = args[0];
  const { context } = (typeof first === 'object' && first !== null ? first : {}) as { context?: unknown };
  if (!frameworkTalk.has(context)) method.apply(this, args);
}

/**
 * Logs as JSON lines: method, path, status, milliseconds and trace id of a request, and never a body, a query, a header
 * or an address, so that no log holds what residents said or who they are.
 */
export function loggingModule(level: string): DynamicModule {
  return LoggerModule.forRoot({
    pinoHttp: {
      level,
      genReqId: (request: IncomingMessage, response: ServerResponse) => {
        const given = request.headers['x-request-id'];
        const id = typeof given === 'string' && traceIdPattern.test(given) ? given : randomUUID();
        response.setHeader('X-Request-Id', id);
        return id;
      },
      autoLogging: { ignore: (request: IncomingMessage) => /^\/(health|simulator|assets)\b/.test(pathOf(request)) },
      customLogLevel: (_request: IncomingMessage, response: ServerResponse, error?: Error) =>
        error || response.statusCode >= 500 ? 'error' : 'debug',
      serializers: {
        req: (request: { id: string; method: string; raw: IncomingMessage }) => ({
          id: request.id,
          method: request.method,
          path: pathOf(request.raw),
        }),
        // Drivers hang statements and their parameters on errors; those must not reach a log.
        err: (error: Error & { code?: unknown }) => ({
          type: error.name,
          message: error.message,
          code: error.code,
          stack: error.stack,
        }),
        res: (response: { statusCode: number }) => ({ status: response.statusCode }),
      },
      hooks: { logMethod: withoutFrameworkTalk },
      redact: {
        paths: ['password', 'token', 'idNumber', 'phone', 'name', 'text', '*.password', '*.token'],
        remove: true,
      },
    },
    forRoutes: [{ path: '{*path}', method: RequestMethod.ALL }],
    // Pushes are most of all requests, and what went wrong with one is logged where it went wrong.
    exclude: [{ path: 'wechat/{*path}', method: RequestMethod.ALL }],
  });
}
