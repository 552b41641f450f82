import { plainToInstance } from 'class-transformer';
import { getMetadataStorage, type ValidationArguments, type ValidatorConstraintInterface } from 'class-validator';

type Shape = new () => object;
type Fields = Readonly<Record<string, unknown>>;
type Metadata = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']>[number];
type Condition = (object: unknown, value: unknown) => boolean;

/** One decorator of a field. */
interface Rule {
  readonly constraint: ValidatorConstraintInterface;
  readonly given: ValidationArguments;
  readonly each: boolean;
  readonly validateIf: Condition | null;
}

interface Field {
  readonly name: string;
  /** All must hold, or the field is left alone. */
  readonly conditions: readonly Condition[];
  readonly rules: readonly Rule[];
  /** The check of what lies within; null for a plain value. */
  readonly inner: ShapeCheck | null;
}

/** Whether a value keeps every rule of a class; fields the class does not know break it. */
export type ShapeCheck = (value: unknown) => boolean;

const compiled = new Map<Shape, ShapeCheck>();

/**
 * The rules of a class put in order once, for values that come by the ten thousand: answers of plain JSON what
 * `shapeProblems` would find of its instance, without making either. What exactly is wrong is for `shapeProblems` to tell.
 */
export function shapeCheck(shape: Shape): ShapeCheck {
  const known = compiled.get(shape);
  if (known) return known;
  // Of a class that holds itself the check is asked for while it is made.
  let fields: ReadonlyMap<string, Field> = new Map();
  const check: ShapeCheck = (value) => isFields(value) && keeps(fields, value);
  compiled.set(shape, check);
  fields = fieldsOf(shape);
  return check;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function keeps(fields: ReadonlyMap<string, Field>, value: Fields): boolean {
  for (const name of Object.keys(value)) if (!fields.has(name)) return false;
  for (const field of fields.values()) if (!fieldKept(field, value)) return false;
  return true;
}

function fieldKept({ name, conditions, rules, inner }: Field, object: Fields): boolean {
  const value = object[name];
  for (const holds of conditions) if (!holds(object, value)) return true;
  for (const rule of rules) if (!ruleKept(rule, object, value)) return false;
  if (inner === null || value === undefined) return true;
  return Array.isArray(value) ? value.every(inner) : inner(value);
}

function ruleKept({ constraint, given, each, validateIf }: Rule, object: Fields, value: unknown): boolean {
  if (validateIf && !validateIf(object, value)) return true;
  given.object = object;
  given.value = value;
  if (!each || !Array.isArray(value)) return constraint.validate(value, given) === true;
  for (const one of value) if (constraint.validate(one, given) !== true) return false;
  return true;
}

function fieldsOf(shape: Shape): Map<string, Field> {
  const found = getMetadataStorage().getTargetValidationMetadatas(shape, '', false, false);
  const byName = new Map<string, Metadata[]>();
  for (const one of found) byName.set(one.propertyName, [...(byName.get(one.propertyName) ?? []), one]);
  return new Map([...byName].map(([name, own]) => [name, fieldOf(shape, name, own)]));
}

function fieldOf(shape: Shape, name: string, own: readonly Metadata[]): Field {
  const of = (type: string): Metadata[] => own.filter((one) => one.type === type);
  const conditions = of('conditionalValidation').map((one) => (one.constraints as readonly Condition[])[0]);
  return {
    name,
    conditions: conditions.filter((one) => one !== undefined),
    rules: [...of('isDefined'), ...of('customValidation')].flatMap((one) => rulesOf(shape, one)),
    inner: of('nestedValidation').length > 0 ? shapeCheck(innerShape(shape, name)) : null,
  };
}

function rulesOf(shape: Shape, one: Metadata): Rule[] {
  const { constraintCls, propertyName: property, constraints, each } = one;
  return getMetadataStorage()
    .getTargetValidatorConstraints(constraintCls)
    .map((found) => {
      if (found.async) throw new Error(`${shape.name}.${property} waits for an answer: it cannot be checked at once`);
      const given = {
        targetName: shape.name,
        property,
        constraints: constraints as unknown[],
        object: {},
        value: null,
      };
      return { constraint: found.instance, given, each, validateIf: (one.validateIf as Condition | undefined) ?? null };
    });
}

/** The class of what lies in a field, as `@Type` names it. */
function innerShape(shape: Shape, name: string): Shape {
  const probe = plainToInstance(shape, { [name]: {} }) as Fields;
  return (probe[name] as object).constructor as Shape;
}
