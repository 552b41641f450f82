import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { CatalogueService } from '@linli/catalogue';
import { localDate, Refusal } from '@linli/kernel';
import type { CatalogueEntry, RouteResult } from '@linli/contracts';
import type { World } from '@linli/dialogue';
import { DirectoryService, type Hall } from '@linli/directory';
import { giveBackMemory, inSlices, Loop } from '@linli/platform';
import type { Router } from '@linli/routing';

const refreshMs = 2000;
/** How long the building of a router may hold the process before others have their turn. */
const sliceMs = 5;
const candidatesShown = 5;

interface Area {
  readonly id: string;
  readonly name: string;
  readonly lat: number;
  readonly lng: number;
}

/**
 * What every turn of a conversation looks at, kept in memory: the router over the published catalogue, the subdistricts
 * and their halls. Each process looks for another revision every two seconds and swaps the whole at once.
 */
@Injectable()
export class Guidepost implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(Guidepost.name);
  private router: Router | null = null;
  private halls: readonly Hall[] = [];
  private areas: readonly Area[] = [];
  private loop: Loop | null = null;

  constructor(
    private readonly catalogue: CatalogueService,
    private readonly directory: DirectoryService,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.refresh();
    this.loop = new Loop(
      async () => {
        await this.refresh();
        return false;
      },
      { pauseMs: refreshMs, onError: (error) => this.logger.warn(error, 'the catalogue could not be read again') },
    );
  }

  async onApplicationShutdown(): Promise<void> {
    await this.loop?.stop();
  }

  /** Reads the catalogue and the directory again when another revision was published. */
  async refresh(): Promise<void> {
    if (!(await this.catalogue.refresh())) return;
    const [halls, areas] = await Promise.all([this.directory.halls(), this.directory.subdistricts()]);
    this.halls = halls;
    this.areas = areas.map(({ id, name, lat, lng }) => ({ id, name, lat, lng }));
    // Swapped whole: until the new router stands, the old one answers.
    if (this.router) this.router = await this.build();
  }

  /** Makes the router, so that the first resident does not wait for it; asked before the first `route`. */
  async warmUp(): Promise<void> {
    this.router ??= await this.build();
  }

  /** What a text means, against the published catalogue. */
  route(text: string, limit?: number): RouteResult {
    if (!this.router) throw new Refusal('service.unavailable');
    return this.router.route(text, limit);
  }

  /**
   * The engine is loaded only by processes that hear residents: its dictionaries weigh 100 MB. By path, for the build. A
   * router is learned a few milliseconds at a time, so that nobody waits while a new one comes of age.
   */
  private async build(): Promise<Router> {
    const { routerSteps } = await import('../../routing/src/index');
    const router = await inSlices(routerSteps(this.catalogue.current().entries), sliceMs);
    giveBackMemory();
    return router;
  }

  /** What a turn of a conversation sees of the house. */
  world(knownSubdistrictId: string | null, now: Date): World {
    return {
      now,
      today: localDate(now),
      route: (text) => this.route(text, candidatesShown),
      entry: (id) => this.catalogue.entry(id),
      isBookable: () => true,
      subdistricts: this.areas,
      knownSubdistrictId,
      hotline: this.hallOf(knownSubdistrictId)?.phone ?? '12345',
    };
  }

  entry(id: string): CatalogueEntry | undefined {
    return this.catalogue.entry(id);
  }

  subdistricts(): readonly { readonly id: string; readonly name: string }[] {
    return this.areas;
  }

  /** The subdistrict whose centre is nearest to a point (GCJ-02); null without any. */
  nearest(lat: number, lng: number): string | null {
    const shrink = Math.cos((lat * Math.PI) / 180);
    const away = (area: Area): number => Math.hypot(area.lat - lat, (area.lng - lng) * shrink);
    return (
      this.areas.reduce<Area | null>((best, one) => (best && away(best) <= away(one) ? best : one), null)?.id ?? null
    );
  }

  /** The centre of a subdistrict, else of the first (GCJ-02); null without any. */
  centreOf(subdistrictId: string | null): { readonly lat: number; readonly lng: number } | null {
    const area = this.areas.find((one) => one.id === subdistrictId) ?? this.areas[0];
    return area ? { lat: area.lat, lng: area.lng } : null;
  }

  /** The service centre of a subdistrict, else the first of the district. */
  hallOf(subdistrictId: string | null): Hall | undefined {
    return this.halls.find((hall) => hall.subdistrictId === subdistrictId) ?? this.halls[0];
  }
}
