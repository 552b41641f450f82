import { type DynamicModule, Module } from '@nestjs/common';
import { AssessmentModule } from '@linli/assessment';
import { BookingModule } from '@linli/booking';
import { CaseworkModule } from '@linli/casework';
import { CatalogueModule } from '@linli/catalogue';
import { CircleModule } from '@linli/circle';
import { DialogueModule } from '@linli/dialogue';
import { DirectoryModule } from '@linli/directory';
import { GuidanceModule } from '@linli/guidance';
import { NotificationModule } from '@linli/notification';
import { RatingModule } from '@linli/rating';
import { WechatModule, type WechatAccounts } from '@linli/wechat';
import { Arrivals } from './arrivals';
import { Acquaintance } from './acquaintance';
import { Alarming } from './alarming';
import { AskingWho } from './asking-who';
import { Assignment } from './assignment';
import { CounterDesk } from './counter-desk';
import { DispatchDesk } from './dispatch-desk';
import { BookingDesk } from './booking-desk';
import { BookingFiles } from './booking-files';
import { BookingErrands } from './booking-errands';
import { CircleFiles } from './circle-files';
import { CircleSearch } from './circle-search';
import { Delivering } from './delivering';
import { Enquiries } from './enquiries';
import { Filing } from './filing';
import { Guidepost } from './guidepost';
import { RouterMaking } from './router-making';
import { HandOvers } from './hand-overs';
import { Hearing } from './hearing';
import { IntentDesk } from './intent-desk';
import { JointCallDesk } from './joint-call-desk';
import { LifeEventFiling } from './life-event-filing';
import { NearPlaces } from './near-places';
import { NextFree } from './next-free';
import { OfferingDesks } from './offering-desks';
import { PictureFetching } from './picture-fetching';
import { RatingByProgram } from './rating-by-program';
import { RatingContacts } from './rating-contacts';
import { RatingQuestions } from './rating-questions';
import { Responsibilities } from './responsibilities';
import { RouteCorrections } from './route-corrections';
import { RoutedCasesStore } from './routed-cases.store';
import { SecondOpinions } from './second-opinions';
import { Consumption } from './consumption';
import { Subscriptions } from './subscriptions';
import { TaskDesk } from './task-desk';
import { TurnStore } from './turn.store';
import { Verification } from './verification';

/** Which WeChat the journeys speak to; the address is asked at every call, since the simulator's port may come late. */
export interface JourneyOptions {
  readonly accounts: WechatAccounts;
  readonly apiBaseUrl: () => string;
}

/** The corridors between the rooms. */
const corridors = [
  Guidepost,
  RouterMaking,
  CircleFiles,
  CircleSearch,
  NearPlaces,
  NextFree,
  OfferingDesks,
  Arrivals,
  AskingWho,
  BookingDesk,
  BookingErrands,
  BookingFiles,
  Enquiries,
  IntentDesk,
  TurnStore,
  Hearing,
  HandOvers,
  Filing,
  Assignment,
  CounterDesk,
  LifeEventFiling,
  DispatchDesk,
  JointCallDesk,
  TaskDesk,
  Responsibilities,
  Acquaintance,
  PictureFetching,
  RatingQuestions,
  Alarming,
  RatingByProgram,
  RatingContacts,
  RoutedCasesStore,
  RouteCorrections,
  SecondOpinions,
  Subscriptions,
  Consumption,
  Delivering,
  Verification,
];

/** All rooms and the corridors between them. */
@Module({})
export class JourneysModule {
  static register(options: JourneyOptions): DynamicModule {
    const rooms = [
      DirectoryModule,
      CatalogueModule,
      DialogueModule,
      CircleModule,
      BookingModule,
      CaseworkModule,
      RatingModule,
      AssessmentModule,
      NotificationModule,
      GuidanceModule,
      WechatModule.register(options),
    ];
    return { module: JourneysModule, imports: rooms, providers: corridors, exports: [...rooms, ...corridors] };
  }
}
