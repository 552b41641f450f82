import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiTags } from '@nestjs/swagger';
import type { Officer } from '@linli/directory';
import { RatingContacts } from '@linli/journeys';
import { Clock, OnceOnly, type RequestKey, type Tx } from '@linli/platform';
import { Rectifications, type Rectification } from '@linli/rating';
import { ActingOfficer, caseOfficers, caseReaders, For } from '../access/access';
import { OnceKey } from '../http/request-key';
import {
  AfterCallDto,
  ConfirmationDto,
  ContactNoteDto,
  RectificationQueryDto,
  RectificationReplyDto,
  RevealReasonDto,
  VerificationDto,
  type RaterContactDto,
  type RectificationDto,
  type RectificationPageDto,
} from './rectifications.dto';

@ApiTags('staff: rectifications')
@ApiBearerAuth()
@ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Sent again with the same body: the same answer' })
@For({ officers: caseOfficers })
@Controller('api/v1/staff/rectifications')
export class RectificationsController {
  constructor(
    private readonly rectifications: Rectifications,
    private readonly contacts: RatingContacts,
    private readonly once: OnceOnly,
    private readonly clock: Clock,
  ) {}

  /** Bad ratings being followed up, in one state, the earliest day first. */
  @Get()
  @For({ officers: caseReaders })
  async list(
    @ActingOfficer() officer: Officer,
    @Query() { state = 'verifying', limit, cursor }: RectificationQueryDto,
  ): Promise<RectificationPageDto> {
    const { items, nextCursor } = await this.rectifications.list(officer, state, limit, cursor ?? null);
    return { items: items.map(view), nextCursor };
  }

  @Get(':id')
  @For({ officers: caseReaders })
  async read(@ActingOfficer() officer: Officer, @Param('id') id: string): Promise<RectificationDto> {
    return view(await this.rectifications.read(id, officer));
  }

  /** What one officer found (核实); two different officers each say so. */
  @Post(':id/verification')
  @HttpCode(200)
  verify(
    @ActingOfficer() officer: Officer,
    @OnceKey() key: RequestKey | null,
    @Param('id') id: string,
    @Body() { complexity = 'simple', ...body }: VerificationDto,
  ): Promise<RectificationDto> {
    return this.act(key, (tx, now) => this.rectifications.verify(tx, id, officer, { ...body, complexity }, now));
  }

  /** A third person's word before a rating is set aside, or where the two disagree. */
  @Post(':id/confirmation')
  @HttpCode(200)
  @For({ officers: ['supervisor', 'leader', 'admin'] })
  confirm(
    @ActingOfficer() officer: Officer,
    @OnceKey() key: RequestKey | null,
    @Param('id') id: string,
    @Body() { finding, reason }: ConfirmationDto,
  ): Promise<RectificationDto> {
    return this.act(key, (tx, now) => this.rectifications.confirm(tx, id, officer, finding, reason, now));
  }

  /** The resident was contacted. */
  @Post(':id/contact')
  @HttpCode(200)
  contact(
    @ActingOfficer() officer: Officer,
    @OnceKey() key: RequestKey | null,
    @Param('id') id: string,
    @Body() { note }: ContactNoteDto,
  ): Promise<RectificationDto> {
    return this.act(key, (tx, now) => this.rectifications.contact(tx, id, officer, note, now));
  }

  /** What was put right, for the resident to read. */
  @Post(':id/reply')
  @HttpCode(200)
  reply(
    @ActingOfficer() officer: Officer,
    @OnceKey() key: RequestKey | null,
    @Param('id') id: string,
    @Body() { reply }: RectificationReplyDto,
  ): Promise<RectificationDto> {
    return this.act(key, (tx, now) => this.rectifications.reply(tx, id, officer, reply, now));
  }

  /** What the resident said when called back (回访), by another than who replied. */
  @Post(':id/callback')
  @HttpCode(200)
  callBack(
    @ActingOfficer() officer: Officer,
    @OnceKey() key: RequestKey | null,
    @Param('id') id: string,
    @Body() { calledAt, note: said, ...call }: AfterCallDto,
  ): Promise<RectificationDto> {
    const made = { ...call, note: said ?? null, calledAt: new Date(calledAt) };
    return this.act(key, (tx, now) => this.rectifications.callBack(tx, id, officer, made, now));
  }

  /** The contact, for those who verify alone; every look is on record. */
  @Post(':id/reveal')
  @HttpCode(200)
  reveal(
    @ActingOfficer() officer: Officer,
    @Param('id') id: string,
    @Body() { reason }: RevealReasonDto,
  ): Promise<RaterContactDto> {
    const now = this.clock.now();
    return this.once.perform(null, now, (tx) => this.contacts.reveal(tx, id, officer, reason, now));
  }

  private act(key: RequestKey | null, step: (tx: Tx, now: Date) => Promise<Rectification>): Promise<RectificationDto> {
    const now = this.clock.now();
    return this.once.perform(key, now, async (tx) => view(await step(tx, now)));
  }
}

function view(rectification: Rectification): RectificationDto {
  const {
    rectificationId: id,
    serviceEventId: _service,
    period: _period,
    firstBy: _first,
    secondBy: _second,
    repliedBy: _replied,
    ...shown
  } = rectification;
  return { id, ...shown };
}
