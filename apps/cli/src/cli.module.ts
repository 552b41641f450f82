import { Module } from '@nestjs/common';
import { ApiKeyCommand, ApiKeyCreateCommand } from './api-key.command';
import {
  AssessmentCallbacksCommand,
  AssessmentCloseCommand,
  AssessmentCommand,
  AssessmentPreviewCommand,
  AssessmentRecomputeCommand,
  AssessmentWebhookAddCommand,
  AssessmentWebhookCommand,
} from './assessment.command';
import { CalendarCommand, CalendarImportCommand } from './calendar.command';
import { BookingCommand, BookingImportCommand } from './booking.command';
import { CatalogueReviewCommand, CatalogueRunsCommand } from './catalogue-review.command';
import { CatalogueCommand, CatalogueExportCommand, CatalogueImportCommand } from './catalogue.command';
import { CircleCommand, CircleImportCommand } from './circle.command';
import { DirectoryCommand, DirectoryImportCommand } from './directory.command';
import { KeysCommand, KeysCreateCommand } from './keys.command';
import { MigrateCommand } from './migrate.command';
import { OfficerCommand, OfficerCreateCommand } from './officer.command';
import { LifeEventsCommand, LifeEventsImportCommand } from './life-events.command';
import { ResponsibilityCommand, ResponsibilityImportCommand } from './responsibility.command';
import { RoutingCommand, RoutingScoreCommand } from './routing.command';
import { VerifyCommand } from './verify.command';
import { Workplace } from './workplace';

/** The operator's door. */
@Module({
  providers: [
    Workplace,
    MigrateCommand,
    CalendarCommand,
    CalendarImportCommand,
    CatalogueCommand,
    CatalogueImportCommand,
    CatalogueExportCommand,
    BookingCommand,
    BookingImportCommand,
    CatalogueRunsCommand,
    CatalogueReviewCommand,
    CircleCommand,
    CircleImportCommand,
    DirectoryCommand,
    DirectoryImportCommand,
    OfficerCommand,
    OfficerCreateCommand,
    ApiKeyCommand,
    ApiKeyCreateCommand,
    KeysCommand,
    KeysCreateCommand,
    AssessmentCommand,
    AssessmentCloseCommand,
    AssessmentPreviewCommand,
    AssessmentRecomputeCommand,
    AssessmentCallbacksCommand,
    AssessmentWebhookCommand,
    AssessmentWebhookAddCommand,
    ResponsibilityCommand,
    ResponsibilityImportCommand,
    LifeEventsCommand,
    LifeEventsImportCommand,
    RoutingCommand,
    RoutingScoreCommand,
    VerifyCommand,
  ],
})
export class CliModule {}
