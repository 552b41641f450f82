import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import type { Express, Request, Response } from 'express';
import { ExpressDoor } from './express-door';

describe('the Express door', () => {
  let door: ExpressDoor;
  let app: Express;
  let server: Server;

  beforeEach(async () => {
    door = new ExpressDoor();
    door.initHttpServer();
    app = door.getInstance<Express>();
    server = door.getHttpServer();
    app.get('/greeting', (request: Request, response: Response) => {
      response.json({ host: request.get('host'), sameApp: request.app === app && response.app === app });
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
  });

  afterEach(() => server.listening && door.close());

  const port = (): number => (server.address() as AddressInfo).port;

  it('makes requests and answers as Express wants them, so that their shapes are shared', async () => {
    const made: { request: object; response: object }[] = [];
    server.prependListener('request', (request, response) =>
      made.push({
        request: Object.getPrototypeOf(request) as object,
        response: Object.getPrototypeOf(response) as object,
      }),
    );
    const answer = await fetch(`http://127.0.0.1:${port()}/greeting`);
    expect(await answer.json()).toEqual({ host: `127.0.0.1:${port()}`, sameApp: true });
    expect(made[0]?.request).toBe(app.request);
    expect(made[0]?.response).toBe(app.response);
  });

  it('ends a connection that waits for its answer when it closes', async () => {
    const asked = new Promise<void>((resolve) => app.get('/never', () => resolve()));
    const line = connect(port(), '127.0.0.1');
    const ended = once(line, 'close');
    line.write('GET /never HTTP/1.1\r\nHost: a\r\n\r\n');
    await asked;
    await door.close();
    await ended;
  });
});
