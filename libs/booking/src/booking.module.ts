import { Module } from '@nestjs/common';
import { BanService } from './ban.service';
import { BanStore } from './ban.store';
import { BookingIntegrityStore } from './booking-integrity.store';
import { BookingSweep } from './booking-sweep.service';
import { BookingService } from './booking.service';
import { BookingStore } from './booking.store';
import { DeskBook } from './desk-book.service';
import { DeskStore } from './desk.store';
import { PastBookingsStore } from './past-bookings.store';
import { SeatRelease } from './seat-release.service';
import { SeatStore } from './seat.store';
import { SlotStore } from './slot.store';
import { StaffBookingService } from './staff-booking.service';
import { SeatTaking } from './taking.service';
import { WaitStore } from './wait.store';
import { WaitlistService } from './waitlist.service';

@Module({
  providers: [
    ...[
      BookingService,
      StaffBookingService,
      WaitlistService,
      BanService,
      DeskBook,
      BookingSweep,
      BookingIntegrityStore,
    ],
    ...[SeatTaking, SeatRelease, SeatStore, SlotStore, BookingStore, WaitStore, BanStore, DeskStore],
    PastBookingsStore,
  ],
  exports: [
    ...[
      BookingService,
      StaffBookingService,
      WaitlistService,
      BanService,
      DeskBook,
      BookingSweep,
      BookingIntegrityStore,
    ],
  ],
})
export class BookingModule {}
