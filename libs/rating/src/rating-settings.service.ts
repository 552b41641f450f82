import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { projectRoot } from '@linli/platform';
import { readLimits, type RatingLimits } from './limits';

/** The limits a deployment sets, read once at the start. */
@Injectable()
export class RatingSettings {
  readonly limits: RatingLimits;

  constructor() {
    const file = join(projectRoot(), 'config', 'rating', 'limits.json');
    this.limits = readLimits(JSON.parse(readFileSync(file, 'utf8')));
  }
}
