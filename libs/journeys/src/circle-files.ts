import { Injectable } from '@nestjs/common';
import { CatalogueService } from '@linli/catalogue';
import { CircleImport, type CircleImportOptions, type CircleImportReport } from '@linli/circle';

/** Files of the circle, checked against the services the catalogue has published. */
@Injectable()
export class CircleFiles {
  constructor(
    private readonly files: CircleImport,
    private readonly catalogue: CatalogueService,
  ) {}

  async import(bytes: Buffer, options: Omit<CircleImportOptions, 'services'>): Promise<CircleImportReport> {
    await this.catalogue.refresh();
    const offered = this.catalogue.current().entries.filter((entry) => entry.kind === 'service');
    return this.files.import(bytes, { ...options, services: new Map(offered.map(({ id, name }) => [id, name])) });
  }

  /** Whether no place was imported yet. */
  isEmpty(): Promise<boolean> {
    return this.files.isEmpty();
  }
}
