import { Injectable, Logger } from '@nestjs/common';
import { DirectoryService } from '@linli/directory';
import type { KnownArea } from './area-file';
import { AreaMap, type Whereabouts } from './area-map';
import { boxOf, widened, type Box, type Point } from './geometry';
import { GroundStore } from './ground.store';

const lookAgainMs = 3_000;
/** Without boundaries all that is known are the middles of the subdistricts. */
const aroundCentresMetres = 30_000;

/** The lie of the land, in memory: boundaries and the district's bounds, looked up again when an import changed them. */
@Injectable()
export class GroundService {
  private readonly logger = new Logger(GroundService.name);
  private map: AreaMap | null = null;
  private around: Box | null = null;
  private revision = '';
  private lookedAt = 0;
  private looking: Promise<void> | null = null;

  constructor(
    private readonly store: GroundStore,
    private readonly directory: DirectoryService,
  ) {}

  /** Where the point lies. */
  async where(point: Point): Promise<Whereabouts> {
    return (await this.current()).where(point);
  }

  /** The district with a margin; null when nothing is known of it. */
  async bounds(): Promise<Box | null> {
    return (await this.current()).bounds ?? this.around;
  }

  async current(): Promise<AreaMap> {
    if (!this.map) await this.look();
    // Others must not wait while one looks whether an import changed the boundaries.
    else if (performance.now() - this.lookedAt > lookAgainMs)
      void this.look().catch((error: unknown) => this.logger.warn(error, 'the boundaries could not be read again'));
    if (!this.map) throw new Error('the boundaries were not read');
    return this.map;
  }

  /** Subdistricts and communities of the directory, which boundaries must name. */
  async known(): Promise<KnownArea[]> {
    const [subdistricts, communities] = await Promise.all([
      this.directory.subdistricts(),
      this.directory.communities(),
    ]);
    return [
      ...subdistricts.map(({ id, code, name }) => ({
        id,
        code,
        name,
        level: 'subdistrict' as const,
        subdistrictId: id,
      })),
      ...communities.map(({ id, code, name, subdistrictId }) => ({
        id,
        code,
        name,
        level: 'community' as const,
        subdistrictId,
      })),
    ];
  }

  /** Reads the boundaries when their revision is another. */
  look(): Promise<void> {
    this.looking ??= this.read().finally(() => (this.looking = null));
    return this.looking;
  }

  private async read(): Promise<void> {
    this.lookedAt = performance.now();
    const revision = await this.store.revision();
    if (this.map && revision === this.revision) return;
    const [areas, centres] = await Promise.all([this.store.areas(), this.directory.subdistricts()]);
    this.around =
      centres.length === 0
        ? null
        : widened(boxOf(centres.map(({ lat, lng }): [number, number] => [lng, lat])), aroundCentresMetres);
    this.map = new AreaMap(areas);
    this.revision = revision;
  }
}
