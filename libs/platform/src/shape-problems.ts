import { validateSync, type ValidationError } from 'class-validator';
import type { RefusalDetail } from '@linli/kernel';

/** Validation errors as a flat list, each with its path: `subdistricts[0].center.lat`. */
export function flattenProblems(errors: readonly ValidationError[], path = ''): RefusalDetail[] {
  return errors.flatMap((error) => {
    const at = /^\d+$/.test(error.property)
      ? `${path}[${error.property}]`
      : path
        ? `${path}.${error.property}`
        : error.property;
    const own = error.constraints ? [{ at, problem: Object.values(error.constraints).join('; ') }] : [];
    return [...own, ...flattenProblems(error.children ?? [], at)];
  });
}

/** What class-validator finds wrong with an object; fields its class does not know are problems too. */
export function shapeProblems(value: object): RefusalDetail[] {
  return flattenProblems(validateSync(value, { whitelist: true, forbidNonWhitelisted: true }));
}
