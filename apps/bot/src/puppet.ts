import { PuppetMock } from 'wechaty-puppet-mock';
import type { PuppetInterface } from 'wechaty-puppet/impls';

type PuppetClass = new (options?: object) => PuppetInterface;

/** The configured puppet, an installed package whose class is its default or first exported `Puppet…`; unset: the mock. */
export async function loadPuppet(name: string | null): Promise<PuppetInterface> {
  if (name === null) return new PuppetMock();
  const found = (await import(name).catch(() => null)) as Record<string, unknown> | null;
  if (!found) throw new Error(`WECHATY_PUPPET: the package ${name} is not installed`);
  const candidates = [
    found['default'],
    ...Object.entries(found).flatMap(([key, value]) => (key.startsWith('Puppet') ? [value] : [])),
  ];
  const Puppet = candidates.find((one): one is PuppetClass => typeof one === 'function');
  if (!Puppet) throw new Error(`WECHATY_PUPPET: the package ${name} exports no puppet class`);
  return new Puppet();
}
