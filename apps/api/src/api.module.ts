import { createSecretKey } from 'node:crypto';
import { type DynamicModule, Module, type OnApplicationBootstrap } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { JwtModule } from '@nestjs/jwt';
import { ThrottlerGuard, ThrottlerModule } from '@nestjs/throttler';
import { Guidepost } from '@linli/journeys';
import { KEYS, PdfPress, type Config, type Keys } from '@linli/platform';
import type { WechatAccounts } from '@linli/wechat';
import { AccessGuard } from './access/access.guard';
import { LoginController } from './access/login.controller';
import { Tokens } from './access/tokens';
import { AppealsController } from './assessors/appeals.controller';
import { AssessmentController } from './assessors/assessment.controller';
import { StaffScoresController } from './assessors/staff-scores.controller';
import { ProblemFilter } from './http/problem.filter';
import { PublicAddress } from './http/public-address';
import { rateLimits } from './http/rate-limit';
import { CatalogueController } from './public/catalogue.controller';
import { CircleController } from './public/circle.controller';
import { GuidePrinter } from './public/guide/guide-printer';
import { GuideController } from './public/guide/guide.controller';
import { CoverageController } from './public/coverage.controller';
import { DirectoryController } from './public/directory.controller';
import { LifeEventsController } from './public/life-events.controller';
import { ListsController } from './public/lists.controller';
import { RatingLinksController } from './public/rating-links.controller';
import { RatingPageController } from './public/rating-page.controller';
import { ResponsibilityController } from './public/responsibility.controller';
import { RoutingController } from './public/routing.controller';
import { SlotsController } from './public/slots.controller';
import { BookingsController } from './residents/bookings.controller';
import { CasesController } from './residents/cases.controller';
import { FilesController } from './residents/files.controller';
import { LifeEventCasesController } from './residents/life-event-cases.controller';
import { RatingsController } from './residents/ratings.controller';
import { WaitlistController } from './residents/waitlist.controller';
import { CatalogueDraftsController } from './staff/catalogue-drafts.controller';
import { CatalogueImportsController } from './staff/catalogue-imports.controller';
import { CatalogueItemsController } from './staff/catalogue-items.controller';
import { CounterController } from './staff/counter.controller';
import { HandOversController } from './staff/hand-overs.controller';
import { RatingAskingController } from './staff/rating-asking.controller';
import { OverdueAlarmsController } from './staff/overdue-alarms.controller';
import { RatingReviewController } from './staff/rating-review.controller';
import { RectificationsController } from './staff/rectifications.controller';
import { PapersController } from './staff/papers.controller';
import { PapersDesk } from './staff/papers-desk';
import { OwnersPapersController } from './staff/papers-owners.controller';
import { PublicPapersController } from './staff/papers-public.controller';
import { StaffResponsibilityController } from './staff/responsibility.controller';
import { StaffBookingsController } from './staff/staff-bookings.controller';
import { RouteCorrectionsController } from './staff/route-corrections.controller';
import { CaseAct } from './staff/case-act';
import { DispatchesController } from './staff/dispatches.controller';
import { ClosuresController } from './staff/closures.controller';
import { SupportRecordsController } from './staff/support-records.controller';
import { JointCallsController } from './staff/joint-calls.controller';
import { SupervisionController } from './staff/supervision.controller';
import { TasksController } from './staff/tasks.controller';
import { PublicTasksController } from './staff/tasks-public.controller';
import { WorkQueueController } from './staff/work-queue.controller';
import { StaffCasesController } from './staff/staff-cases.controller';
import { StaffCourseController } from './staff/staff-course.controller';
import { Open311Controller } from './open311/open311.controller';
import { HealthController } from './system/health.controller';
import { WECHAT_ACCOUNTS } from './wechat/wechat-accounts';
import { WechatController } from './wechat/wechat.controller';

export interface ApiOptions {
  readonly config: Config;
  readonly accounts: WechatAccounts;
  /** `JourneysModule`, registered once for all doors of the process. */
  readonly journeys: DynamicModule;
}

/** Routes are tried in turn: those that are asked for most come first. */
const controllers = [
  WechatController,
  CasesController,
  BookingsController,
  CircleController,
  CatalogueController,
  RoutingController,
  StaffCasesController,
  DispatchesController,
  ClosuresController,
  SupportRecordsController,
  AssessmentController,
  StaffScoresController,
  LoginController,
  GuideController,
  ListsController,
  DirectoryController,
  LifeEventsController,
  ResponsibilityController,
  StaffResponsibilityController,
  CoverageController,
  SlotsController,
  WaitlistController,
  FilesController,
  RatingsController,
  RatingLinksController,
  RatingPageController,
  RatingAskingController,
  RatingReviewController,
  OverdueAlarmsController,
  RectificationsController,
  StaffCourseController,
  CounterController,
  PapersController,
  OwnersPapersController,
  PublicPapersController,
  LifeEventCasesController,
  JointCallsController,
  SupervisionController,
  WorkQueueController,
  TasksController,
  PublicTasksController,
  StaffBookingsController,
  HandOversController,
  RouteCorrectionsController,
  CatalogueDraftsController,
  CatalogueImportsController,
  CatalogueItemsController,
  AppealsController,
  Open311Controller,
  HealthController,
];

/** The HTTP door. Needs the platform module beside it. */
@Module({})
export class ApiModule implements OnApplicationBootstrap {
  constructor(private readonly guidepost: Guidepost) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.guidepost.warmUp();
  }

  static register({ config, accounts, journeys }: ApiOptions): DynamicModule {
    return {
      module: ApiModule,
      imports: [
        journeys, // A key object: from bare bytes each check would first try to read a public key.
        JwtModule.registerAsync({
          inject: [KEYS],
          useFactory: (keys: Keys) => ({ secret: createSecretKey(keys.token) }),
        }),
        ThrottlerModule.forRoot(rateLimits(config.rateLimitExempt)),
      ],
      controllers,
      providers: [
        { provide: WECHAT_ACCOUNTS, useValue: accounts },
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_GUARD, useClass: ThrottlerGuard },
        { provide: APP_GUARD, useClass: AccessGuard },
        Tokens,
        CaseAct,
        PublicAddress,
        PdfPress,
        GuidePrinter,
        PapersDesk,
      ],
    };
  }
}
