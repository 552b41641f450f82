import { Injectable } from '@nestjs/common';

/** The only source of the present. Read in shells; rules are handed `now`. */
@Injectable()
export class Clock {
  now(): Date {
    return new Date();
  }
}
