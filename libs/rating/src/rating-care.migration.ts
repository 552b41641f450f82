import type { MigrationInterface, QueryRunner } from 'typeorm';

const grades = `('verySatisfied', 'satisfied', 'fairlySatisfied', 'dissatisfied', 'veryDissatisfied')`;

const services = `
  alter table rating_service_event
    drop constraint rating_service_event_kind_check,
    add constraint rating_service_event_kind_known check (kind in
      ('case', 'enquiryAnswered', 'applicationAccepted', 'correction', 'ticketServed', 'bookingKept', 'caseClosed'));
  create index rating_service_event_number on rating_service_event (case_number, at, id);
  create index rating_service_event_period on rating_service_event (period, department_id);

  create table rating_link (
    id uuid primary key,
    service_event_id uuid not null references rating_service_event,
    via text not null check (via in ('windowQr', 'hallTablet', 'sms')),
    issued_by uuid not null,
    issuer_device bytea,
    issued_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz
  );
  create index rating_link_event on rating_link (service_event_id);

  alter table rating_given
    add column via text check (via in ('chat', 'miniProgram', 'windowQr', 'hallTablet', 'sms')),
    add column device bytea,
    add column text_digest bytea,
    add column link_id uuid references rating_link,
    add column seq bigint,
    add column mac bytea;
  update rating_given set via = case channel when 'api' then 'miniProgram' else 'chat' end;
  alter table rating_given
    alter column via set not null,
    add constraint rating_given_seq unique (seq),
    add constraint rating_given_link unique (link_id);
  create index rating_given_unsealed on rating_given (id) where seq is null;
  create index rating_given_device on rating_given (device, at) where device is not null;
  create index rating_given_text_digest on rating_given (text_digest, at) where text_digest is not null;
  create index rating_given_resident_at on rating_given (resident_id, at);
  create table rating_head (
    is_only boolean primary key default true check (is_only),
    seq bigint not null,
    mac bytea not null
  );
  insert into rating_head (seq, mac) values (0, decode(repeat('00', 32), 'hex'));

  create table rating_proxy (
    id uuid primary key,
    service_event_id uuid not null references rating_service_event,
    grade text not null check (grade in ${grades}),
    officer_id uuid not null,
    called_at timestamptz not null,
    seconds int not null check (seconds > 0),
    said bytea,
    at timestamptz not null,
    constraint rating_proxy_once unique (service_event_id)
  );

  create table rating_ask (
    service_event_id uuid primary key references rating_service_event,
    due_at timestamptz not null,
    asked_at timestamptz,
    remind_at timestamptz,
    reminded_at timestamptz
  );
  create index rating_ask_due on rating_ask (due_at) where asked_at is null;
  create index rating_ask_remind on rating_ask (remind_at) where asked_at is not null and reminded_at is null;
`;

const reviews = `
  create table rating_staff_resident (
    resident_id uuid primary key,
    officer_id uuid not null,
    department_id text,
    subdistrict_id text,
    bound_by uuid not null,
    bound_at timestamptz not null
  );
  create index rating_staff_resident_officer on rating_staff_resident (officer_id);

  create table rating_flag (
    id uuid primary key,
    rating_id uuid not null references rating_given,
    kind text not null check (kind in ('burst', 'copy', 'selfDealing')),
    subdistrict_id text not null,
    raised_at timestamptz not null,
    decision text check (decision in ('exclude', 'keep')),
    reason bytea,
    decided_by uuid,
    decided_at timestamptz,
    constraint rating_flag_once unique (rating_id, kind),
    check ((decision is null) = (decided_by is null) and (decision is null) = (reason is null))
  );
  create index rating_flag_open on rating_flag (raised_at, id) where decision is null;
  create index rating_flag_decided on rating_flag (raised_at, id) where decision is not null;

  create table rating_exclusion (
    id uuid primary key,
    rating_id uuid not null references rating_given,
    reason_code text not null check (reason_code in
      ('burst', 'copy', 'selfDealing', 'mistaken', 'malicious', 'appealUpheld')),
    decided_by uuid not null,
    at timestamptz not null,
    restored_by uuid,
    restored_at timestamptz,
    restore_reason bytea,
    constraint rating_exclusion_restored_by_another check (restored_by <> decided_by)
  );
  create unique index rating_exclusion_standing on rating_exclusion (rating_id) where restored_at is null;
  create index rating_exclusion_at on rating_exclusion (at desc, id desc);

  create table rating_appeal (
    id uuid primary key,
    rating_id uuid not null references rating_given,
    department_id text not null,
    subdistrict_id text not null,
    appellant uuid not null,
    evidence bytea not null,
    file_ids uuid[] not null,
    filed_at timestamptz not null,
    decision text check (decision in ('upheld', 'rejected')),
    reason bytea,
    decided_by uuid,
    decided_at timestamptz,
    constraint rating_appeal_once unique (rating_id),
    constraint rating_appeal_decided_by_another check (decided_by <> appellant)
  );
  create index rating_appeal_open on rating_appeal (filed_at, id) where decision is null;
  create index rating_appeal_decided on rating_appeal (filed_at, id) where decision is not null;
`;

const rectifications = `
  create table rating_rectification (
    id uuid primary key,
    rating_id uuid not null references rating_given,
    service_event_id uuid not null references rating_service_event,
    department_id text not null,
    subdistrict_id text not null,
    grade text not null check (grade in ('dissatisfied', 'veryDissatisfied')),
    anonymous boolean not null,
    state text not null check (state in ('verifying', 'confirming', 'rectifying', 'replied', 'closed')),
    opened_at timestamptz not null,
    contact_by date,
    rectify_by date not null,
    complexity text check (complexity in ('simple', 'complex')),
    first_by uuid,
    first_finding text check (first_finding in ('true', 'mistaken', 'malicious')),
    first_note bytea,
    first_at timestamptz,
    second_by uuid,
    second_finding text check (second_finding in ('true', 'mistaken', 'malicious')),
    second_note bytea,
    second_at timestamptz,
    confirmed_by uuid,
    confirmed_note bytea,
    confirmed_at timestamptz,
    finding text check (finding in ('true', 'mistaken', 'malicious')),
    contacted_by uuid,
    contact_note bytea,
    contacted_at timestamptz,
    contact_overdue_at timestamptz,
    replied_by uuid,
    reply bytea,
    replied_at timestamptz,
    rectify_overdue_at timestamptz,
    called_by uuid,
    called_at timestamptz,
    call_seconds int check (call_seconds > 0),
    call_note bytea,
    after_grade text check (after_grade in ${grades}),
    in_time boolean,
    closed_at timestamptz,
    constraint rating_rectification_once unique (rating_id),
    constraint rating_rectification_two_verify check (second_by <> first_by),
    constraint rating_rectification_third_confirms check (confirmed_by <> first_by and confirmed_by <> second_by),
    constraint rating_rectification_another_calls check (called_by <> replied_by),
    constraint rating_rectification_set_aside_confirmed check
      (finding is null or finding = 'true' or confirmed_by is not null)
  );
  create index rating_rectification_state on rating_rectification (state, rectify_by, id);
  create index rating_rectification_subdistrict on rating_rectification (subdistrict_id, state, rectify_by, id);
  create index rating_rectification_department on rating_rectification (department_id, state, rectify_by, id);
  create index rating_rectification_event on rating_rectification (service_event_id);
  create index rating_rectification_contact on rating_rectification (contact_by, id)
    where contacted_at is null and contact_overdue_at is null and state <> 'closed';
  create index rating_rectification_due on rating_rectification (rectify_by, id)
    where replied_at is null and rectify_overdue_at is null and state <> 'closed';
`;

const undo = `
  drop table rating_rectification, rating_appeal, rating_exclusion, rating_flag, rating_staff_resident, rating_ask,
    rating_proxy, rating_head;
  alter table rating_given
    drop column via, drop column device, drop column text_digest, drop column link_id, drop column seq,
    drop column mac;
  drop index rating_given_resident_at;
  drop table rating_link;
  drop index rating_service_event_number;
  drop index rating_service_event_period;
  alter table rating_service_event
    drop constraint rating_service_event_kind_known,
    add constraint rating_service_event_kind_check check (kind in ('case')) not valid;
`;

/** Services told apart, links, callbacks, review of suspicious ratings, and what follows a bad one. */
export class RatingCare1780000030000 implements MigrationInterface {
  readonly name = 'RatingCare1780000030000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(services);
    await runner.query(reviews);
    await runner.query(rectifications);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(undo);
  }
}
