import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { projectRoot } from '@linli/platform';
import { readLimits, type CaseworkLimits } from './limits';

/** The limits a deployment sets, read once at the start. */
@Injectable()
export class CaseworkSettings {
  readonly limits: CaseworkLimits;

  constructor() {
    const file = join(projectRoot(), 'config', 'casework', 'limits.json');
    this.limits = readLimits(JSON.parse(readFileSync(file, 'utf8')));
  }
}
