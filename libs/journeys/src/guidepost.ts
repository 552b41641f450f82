import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { CatalogueService } from '@linli/catalogue';
import { localDate, Refusal } from '@linli/kernel';
import type { CatalogueEntry, RouteResult } from '@linli/contracts';
import type { World } from '@linli/dialogue';
import { DirectoryService, type Hall } from '@linli/directory';
import { Loop } from '@linli/platform';
import type { Router } from '@linli/routing';
import { RouterMaking } from './router-making';

const refreshMs = 2000;
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
  /** The first router while it is made, so that nobody makes it twice. */
  private first: Promise<Router> | null = null;
  private halls: readonly Hall[] = [];
  private areas: readonly Area[] = [];
  private loop: Loop | null = null;

  constructor(
    private readonly catalogue: CatalogueService,
    private readonly directory: DirectoryService,
    private readonly making: RouterMaking,
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
    // A first router that is being made may be of the catalogue before.
    const wanted = this.router !== null || this.first !== null;
    await this.first?.catch(() => undefined);
    // Swapped whole: until the new router stands, the old one answers.
    if (wanted) this.router = await this.build();
  }

  /** Makes the router, so that the first resident does not wait for it; asked before the first `route`. */
  async warmUp(): Promise<void> {
    if (this.router) return;
    this.first ??= this.build();
    try {
      this.router = await this.first;
    } finally {
      this.first = null;
    }
  }

  /** What a text means, against the published catalogue. */
  route(text: string, limit?: number): RouteResult {
    if (!this.router) throw new Refusal('service.unavailable');
    return this.router.route(text, limit);
  }

  private build(): Promise<Router> {
    return this.making.make(this.catalogue.current().entries);
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
