import { SetMetadata } from '@nestjs/common';

/** Where a route says who may call it; the HTTP door's guard reads it, and refuses everybody where nothing is said. */
export const accessKey = 'linli:access';

/** Opens a route to everybody; the reason is read by the structure test and by reviewers. */
export const Public = (reason: string): MethodDecorator & ClassDecorator =>
  SetMetadata(accessKey, { publicBecause: reason });
