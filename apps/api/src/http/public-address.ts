import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import type { Request } from 'express';
import { CONFIG, type Config } from '@linli/platform';

const ownMachine = /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/;

/** Where people outside reach this deployment: what is printed on paper leads there. */
@Injectable()
export class PublicAddress implements OnModuleInit {
  constructor(@Inject(CONFIG) private readonly config: Pick<Config, 'publicUrl' | 'databaseUrl'>) {}

  onModuleInit(): void {
    if (this.config.publicUrl === null && this.config.databaseUrl !== null)
      new Logger('http').warn('PUBLIC_URL is not set: what is printed bears no code to scan');
  }

  /**
   * The address of a path of ours. Without `PUBLIC_URL` the host the client named is taken only on one machine, where
   * people try the product; elsewhere anybody could have their own host printed on our paper, so there is none.
   */
  of(request: Pick<Request, 'protocol' | 'hostname' | 'get'>, path: string): string | null {
    const { publicUrl, databaseUrl } = this.config;
    if (publicUrl !== null) return `${publicUrl}${path}`;
    const host = request.get('host');
    if (host === undefined || (databaseUrl !== null && !ownMachine.test(request.hostname))) return null;
    return `${request.protocol}://${host}${path}`;
  }
}
