import { lookup } from 'node:dns';
import { request } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { Injectable } from '@nestjs/common';
import { isPublicAddress } from './address';

const timeoutMs = 10_000;

/** Posts over HTTPS, never to an inner address, and follows no redirect. */
@Injectable()
export class WebhookPost {
  /** Answers the status. The address is judged where it is connected to, so no name can change its mind in between. */
  send(url: URL, body: string, headers: Readonly<Record<string, string>>, allowsPrivate: boolean): Promise<number> {
    const host = url.hostname.replace(/^\[|\]$/g, '');
    if (!allowsPrivate && isIP(host) !== 0 && !isPublicAddress(host))
      return Promise.reject(new Error('the address is not public'));
    return new Promise((resolve, reject) => {
      const options = {
        method: 'POST',
        headers,
        timeout: timeoutMs,
        ...(allowsPrivate ? {} : { lookup: publicLookup }),
      };
      const sent = request(url, options, (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      });
      sent.on('timeout', () => sent.destroy(new Error('no answer in time')));
      sent.on('error', reject);
      sent.end(body);
    });
  }
}

/** Resolves a name, and fails when any of its addresses is an inner one. */
export const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, found) => {
    if (error) {
      callback(error, '', 4);
      return;
    }
    const [first] = found;
    if (!first || found.some(({ address }) => !isPublicAddress(address))) {
      callback(new Error('the address is not public'), '', 4);
      return;
    }
    if (options.all) callback(null, found);
    else callback(null, first.address, first.family);
  });
};
