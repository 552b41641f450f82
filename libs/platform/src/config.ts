import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { plainToInstance, Transform } from 'class-transformer';
import {
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUrl,
  Length,
  Matches,
  Max,
  Min,
  ValidateIf,
  validateSync,
} from 'class-validator';

const cidrList = /^[0-9a-fA-F.:]+(\/\d{1,3})?(\s*,\s*[0-9a-fA-F.:]+(\/\d{1,3})?)*$/;
const toInt = ({ value }: { value: unknown }): unknown =>
  typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;

/** The environment as read; `.env.example` describes each variable. */
class Environment {
  @Transform(toInt) @IsInt() @Min(0) @Max(65_535) PORT = 3000;
  @IsString() @Length(1, 4096) DATA_DIR = './.data';
  @IsOptional() @Matches(/^postgres(ql)?:\/\/.+/) DATABASE_URL?: string;
  @IsOptional() @IsString() KEYS_FILE?: string;
  @IsOptional() @Matches(/^rediss?:\/\/.+/) REDIS_URL?: string;
  @IsOptional() @Matches(/^https?:\/\/[^\s/?#]+(\/[^\s?#]*)?$/) PUBLIC_URL?: string;
  @IsOptional() @Matches(cidrList) TRUST_PROXY?: string;
  @IsOptional() @Matches(cidrList) RATE_LIMIT_EXEMPT?: string;
  @IsIn(['demo', 'none']) SEED: 'demo' | 'none' = 'demo';
  @IsIn(['on', 'off', 'auto']) SIMULATOR: 'on' | 'off' | 'auto' = 'auto';
  @IsIn(['fatal', 'error', 'warn', 'info', 'debug', 'silent']) LOG_LEVEL = 'info';
  @Transform(toInt) @IsInt() @Min(2) @Max(200) DATABASE_POOL = 10;
  @IsOptional()
  @IsUrl({ require_tld: false, protocols: ['http', 'https'], require_protocol: true })
  WECHAT_API_BASE_URL?: string;
  @IsOptional() @Matches(/^wx[0-9a-zA-Z]{6,32}$/) WECHAT_OFFICIAL_APP_ID?: string;
  @ValidateIf((env: Environment) => env.WECHAT_OFFICIAL_APP_ID !== undefined)
  @IsString()
  @Length(8, 128)
  WECHAT_OFFICIAL_APP_SECRET?: string;
  @ValidateIf((env: Environment) => env.WECHAT_OFFICIAL_APP_ID !== undefined)
  @Matches(/^[A-Za-z0-9]{3,32}$/)
  WECHAT_OFFICIAL_TOKEN?: string;
  @IsOptional() @Matches(/^[A-Za-z0-9]{43}$/) WECHAT_OFFICIAL_AES_KEY?: string;
  @IsOptional() @Matches(/^gh_[0-9A-Za-z]+$/) WECHAT_OFFICIAL_ORIGINAL_ID?: string;
  @IsOptional() @Matches(/^wx[0-9a-zA-Z]{6,32}$/) WECHAT_MINI_APP_ID?: string;
  @ValidateIf((env: Environment) => env.WECHAT_MINI_APP_ID !== undefined)
  @IsString()
  @Length(8, 128)
  WECHAT_MINI_APP_SECRET?: string;
  @IsOptional() @Matches(/^[A-Za-z0-9]{3,32}$/) WECHAT_MINI_TOKEN?: string;
  @IsOptional() @Matches(/^[A-Za-z0-9]{43}$/) WECHAT_MINI_AES_KEY?: string;
  @IsOptional() @Matches(/^wechaty-puppet-[a-z0-9-]+$/) WECHATY_PUPPET?: string;
  @IsOptional()
  @IsUrl({ require_tld: false, protocols: ['http', 'https'], require_protocol: true })
  LLM_BASE_URL?: string;
  @IsOptional() @Matches(/^[\x21-\x7e]{1,500}$/) LLM_API_KEY?: string;
  @ValidateIf((env: Environment) => env.LLM_BASE_URL !== undefined)
  @IsString()
  @Length(1, 200)
  LLM_MODEL?: string;
  @IsOptional()
  @IsUrl({ require_tld: false, protocols: ['http', 'https'], require_protocol: true })
  WALKING_ROUTER_URL?: string;
  @IsOptional() @Matches(/^[0-9A-Z]{5}(-[0-9A-Z]{5}){5}$/) TENCENT_MAP_KEY?: string;
}

export interface MiniAccount {
  readonly appId: string;
  readonly secret: string;
  readonly token?: string;
  readonly aesKey?: string;
}

export interface OfficialAccount {
  readonly appId: string;
  readonly secret: string;
  /** gh_…, checked against ToUserName when known. */
  readonly originalId?: string;
  readonly token: string;
  /** When set, plaintext pushes are refused. */
  readonly aesKey?: string;
}

/** An outside language model (OpenAI-compatible chat completions) that may be asked for a second opinion. */
export interface LanguageModelSettings {
  /** Up to and with the version: `https://…/v1`. */
  readonly baseUrl: string;
  readonly model: string;
  /** Null: none is sent, as for a model in the same house. */
  readonly apiKey: string | null;
}

/** Settings of a process, checked once at the start. */
export interface Config {
  readonly port: number;
  /** Absolute path. */
  readonly dataDir: string;
  /** Unset: the embedded PostgreSQL under `dataDir`. */
  readonly databaseUrl: string | null;
  readonly databasePool: number;
  readonly keysFile: string;
  readonly redisUrl: string | null;
  /** Where people outside reach this deployment, without a slash at its end; null: nobody told. */
  readonly publicUrl: string | null;
  readonly trustProxy: readonly string[];
  readonly rateLimitExempt: readonly string[];
  readonly seed: 'demo' | 'none';
  readonly logLevel: string;
  readonly puppet: string | null;
  /** Null: off. */
  readonly languageModel: LanguageModelSettings | null;
  /** Who knows the streets; both null: walks are estimated. */
  readonly walking: { readonly url: string | null; readonly tencentKey: string | null };
  readonly wechat: {
    /** Unset: derived from the keys file for the built-in simulator. */
    readonly official: OfficialAccount | null;
    readonly mini: MiniAccount | null;
    readonly apiBaseUrl: string | null;
    /** `on` answers other machines too, `auto` only loopback and only without real accounts. */
    readonly simulator: 'on' | 'off' | 'auto';
  };
}

/** Reads and checks the environment; throws one sentence that names every variable that is wrong. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const known = Object.keys(new Environment());
  const given = Object.fromEntries(
    Object.entries(env).filter(([name, value]) => value !== undefined && value !== '' && isOurs(name, known)),
  );
  const read = plainToInstance(Environment, given, { exposeDefaultValues: true });
  const wrong = validateSync(read, { whitelist: true, forbidNonWhitelisted: true });
  if (wrong.length > 0) {
    const named = wrong.map((one) => `${one.property} (${Object.values(one.constraints ?? {}).join(', ')})`);
    throw new Error(`The environment is wrong: ${named.join('; ')}`);
  }
  const dataDir = resolve(read.DATA_DIR);
  if (read.DATABASE_URL && !read.KEYS_FILE) {
    throw new Error('KEYS_FILE must be set together with DATABASE_URL: all processes share one keys file');
  }
  return {
    port: read.PORT,
    dataDir,
    databaseUrl: read.DATABASE_URL ?? null,
    databasePool: read.DATABASE_POOL,
    keysFile: read.KEYS_FILE ? resolve(read.KEYS_FILE) : join(dataDir, 'keys.json'),
    redisUrl: read.REDIS_URL ?? null,
    publicUrl: read.PUBLIC_URL?.replace(/\/+$/, '') ?? null,
    trustProxy: splitList(read.TRUST_PROXY),
    rateLimitExempt: splitList(read.RATE_LIMIT_EXEMPT),
    seed: read.SEED,
    logLevel: read.LOG_LEVEL,
    puppet: read.WECHATY_PUPPET ?? null,
    languageModel: languageModelOf(read),
    walking: { url: read.WALKING_ROUTER_URL ?? null, tencentKey: read.TENCENT_MAP_KEY ?? null },
    wechat: {
      official: officialOf(read),
      mini: miniOf(read),
      apiBaseUrl: read.WECHAT_API_BASE_URL ?? null,
      simulator: read.SIMULATOR,
    },
  };
}

function isOurs(name: string, known: readonly string[]): boolean {
  // A misspelt name is refused only where nobody else would set one: orchestrators set REDIS_… and DATABASE_… of their own.
  return known.includes(name) || /^(RATE_LIMIT_|WECHAT_|WALKING_|TENCENT_MAP_)/.test(name);
}

function splitList(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function officialOf(read: Environment): OfficialAccount | null {
  if (!read.WECHAT_OFFICIAL_APP_ID) return null;
  return {
    appId: read.WECHAT_OFFICIAL_APP_ID,
    secret: read.WECHAT_OFFICIAL_APP_SECRET ?? '',
    token: read.WECHAT_OFFICIAL_TOKEN ?? '',
    ...(read.WECHAT_OFFICIAL_AES_KEY ? { aesKey: read.WECHAT_OFFICIAL_AES_KEY } : {}),
    ...(read.WECHAT_OFFICIAL_ORIGINAL_ID ? { originalId: read.WECHAT_OFFICIAL_ORIGINAL_ID } : {}),
  };
}

function languageModelOf(read: Environment): LanguageModelSettings | null {
  if (!read.LLM_BASE_URL) return null;
  return { baseUrl: read.LLM_BASE_URL, model: read.LLM_MODEL ?? '', apiKey: read.LLM_API_KEY ?? null };
}

function miniOf(read: Environment): MiniAccount | null {
  if (!read.WECHAT_MINI_APP_ID) return null;
  return {
    appId: read.WECHAT_MINI_APP_ID,
    secret: read.WECHAT_MINI_APP_SECRET ?? '',
    ...(read.WECHAT_MINI_TOKEN ? { token: read.WECHAT_MINI_TOKEN } : {}),
    ...(read.WECHAT_MINI_AES_KEY ? { aesKey: read.WECHAT_MINI_AES_KEY } : {}),
  };
}

/** The project's own folder, found upwards from this file so that sources and the build both find `config/`. */
export function projectRoot(): string {
  for (let folder = __dirname; ; folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (existsSync(manifest) && (JSON.parse(readFileSync(manifest, 'utf8')) as { name?: string }).name === 'linli')
      return folder;
    if (dirname(folder) === folder) throw new Error('the project folder (package.json of linli) was not found');
  }
}
