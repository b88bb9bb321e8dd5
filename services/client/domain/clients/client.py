"""The client: the person whose needs the county meets, and its machine."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum
from uuid import UUID

from services.client.domain.clients.flags import AttentionFlag, AttentionKind, AttentionSource
from services.client.domain.clients.non_disclosure import NonDisclosure
from services.client.domain.clients.people import Category, ContactData, Person, Professional
from services.client.domain.clients.refusals import (
    ClientClosed,
    FlagNotByHand,
    MergeNotAllowed,
    RegisteredProfessionalRequired,
    ResidenceRequired,
    SocialWorkerRequired,
    TemporaryIdentityIncomplete,
)
from services.client.domain.refusals import DateNotAllowed
from services.kernel.machine import move


class ClientState(Enum):
    """The states of a client."""

    PROSPECT = "PROSPECT"
    REGISTERED = "REGISTERED"
    ACTIVE = "ACTIVE"
    DORMANT = "DORMANT"
    MOVED_OUT = "MOVED_OUT"
    DECEASED = "DECEASED"
    MERGED = "MERGED"


class IdentityKind(Enum):
    """How the county knows who a client is."""

    UNVERIFIED = "UNVERIFIED"
    PERSONAL_CODE = "PERSONAL_CODE"
    TEMPORARY = "TEMPORARY"


CLOSED = frozenset({ClientState.MOVED_OUT, ClientState.DECEASED, ClientState.MERGED})
OPEN = tuple(state for state in ClientState if state not in CLOSED)
REGISTERED = (ClientState.REGISTERED, ClientState.ACTIVE, ClientState.DORMANT)
MATTERS = ("open_matter", "choose_direct", "set_attention", "lift_attention", "name_own_worker")
ORDERS = ("set_non_disclosure", "end_non_disclosure")
TRANSITIONS: dict[tuple[ClientState, str], ClientState] = {
    (ClientState.PROSPECT, "register"): ClientState.REGISTERED,
    (ClientState.REGISTERED, "open_matter"): ClientState.ACTIVE,
    (ClientState.DORMANT, "open_matter"): ClientState.ACTIVE,
    (ClientState.ACTIVE, "open_matter"): ClientState.ACTIVE,
    (ClientState.ACTIVE, "close_last_matter"): ClientState.DORMANT,
    **{
        (state, command): state
        for state in ClientState
        if state in OPEN
        for command in ("set_attention", "lift_attention", "name_own_worker", *ORDERS)
    },
    **{(state, "choose_direct"): state for state in ClientState if state in OPEN},
    **{(state, "change_identity_code"): state for state in ClientState if state in REGISTERED},
    **{(state, "move_out"): ClientState.MOVED_OUT for state in ClientState if state in REGISTERED},
    **{(state, "record_death"): ClientState.DECEASED for state in ClientState if state is not ClientState.MERGED},
    (ClientState.MOVED_OUT, "move_back"): ClientState.REGISTERED,
    (ClientState.DECEASED, "correct_status"): ClientState.REGISTERED,
    (ClientState.MOVED_OUT, "correct_status"): ClientState.REGISTERED,
    **{(state, "merge_into"): ClientState.MERGED for state in ClientState if state is not ClientState.MERGED},
}


@dataclass(frozen=True)
class OwnWorker:
    """The professional named for a client, with the social worker who works in pair where there is one."""

    professional: Professional
    pair: Professional | None
    from_date: date

    @property
    def has_social_worker(self) -> bool:
        """A social worker, alone or in pair."""
        return any(worker.category is Category.SOCIAL_WORKER for worker in (self.professional, self.pair) if worker)


@dataclass(eq=False, kw_only=True)
class Client:
    """A client; the identity code is kept apart, sealed."""

    id: UUID
    county_scheme: str
    county_code: str
    state: ClientState
    identity_kind: IdentityKind
    person: Person
    contact_data: ContactData
    created_at: datetime
    created_by: str
    updated_at: datetime
    temporary_reason: str = ""
    attention_flags: tuple[AttentionFlag, ...] = ()
    own_worker: OwnWorker | None = None
    non_disclosure: NonDisclosure | None = None
    registered_date: date | None = None
    moved_date: date | None = None
    moved_to_county: str = ""
    deceased_date: date | None = None
    merged_into_id: UUID | None = None
    version: int = 1

    def register(
        self,
        *,
        identity_kind: IdentityKind,
        reason: str,
        person: Person,
        contact_data: ContactData,
        today: date,
        now: datetime,
    ) -> None:
        """CLIENT-2: the identity is verified, or temporary with a reason and a day of birth."""
        if person.birth_date is None or (identity_kind is IdentityKind.TEMPORARY and not reason.strip()):
            raise TemporaryIdentityIncomplete(
                "give an identity code, or else a reason for a temporary identity and a day of birth"
            )
        self._move("register", now)
        self.identity_kind = identity_kind
        self.temporary_reason = reason
        self.person = person
        self.contact_data = contact_data
        self.registered_date = today

    def change_identity(self, birth_date: date, now: datetime) -> None:
        """IDENTIFIER-5: another personal identity code; a temporary identity becomes a verified one by it."""
        self._move("change_identity_code", now)
        self.identity_kind = IdentityKind.PERSONAL_CODE
        self.temporary_reason = ""
        self.person = replace(self.person, birth_date=birth_date)

    def move_out(self, day: date, county: str, *, today: date, now: datetime) -> None:
        """CLIENT-8: lives in another county from `day`, which is today or earlier and not before the registration."""
        self.check("move_out")
        if day > today or (self.registered_date and day < self.registered_date):
            raise DateNotAllowed("moved_date", "CLIENT-8")
        self._move("move_out", now)
        self.moved_date, self.moved_to_county = day, county

    def record_death(self, day: date, *, today: date, now: datetime) -> bool:
        """CLIENT-9: died on `day`; False when that is known already, another day corrects it."""
        self.check("record_death")
        if day > today or (self.person.birth_date and day < self.person.birth_date):
            raise DateNotAllowed("deceased_date", "CLIENT-9")
        if day == self.deceased_date:
            return False
        self._move("record_death", now)
        self.deceased_date = day
        return True

    def move_back(self, contact_data: ContactData, *, today: date, now: datetime) -> None:
        """CLIENT-10: lives in the county again, and is registered again."""
        self._move("move_back", now)
        self._come_back(today)
        self.contact_data = contact_data

    def correct_status(self, now: datetime) -> None:
        """CLIENT-11: the report of the death or the move was wrong; what was closed by it stays closed."""
        self._move("correct_status", now)
        self._come_back(self.registered_date)

    def merge_into(self, target: "Client", now: datetime) -> None:
        """CLIENT-12: was recorded twice; the one recorded first stays, so `target` is older, and not itself merged."""
        self.check("merge_into")
        if target.id == self.id or target.state is ClientState.MERGED or target.created_at > self.created_at:
            raise MergeNotAllowed("merge into another client who was recorded earlier and is not merged")
        self._move("merge_into", now)
        self.merged_into_id = target.id

    def open_matter(self, now: datetime) -> bool:
        """CLIENT-3: a matter was opened; True when the client became active by it."""
        before = self.state
        self.check("open_matter")
        if before is ClientState.ACTIVE:
            return False
        self._move("open_matter", now)
        return True

    def fall_dormant(self, now: datetime) -> None:
        """CLIENT-4: nothing has been open for a long time."""
        self._move("close_last_matter", now)

    def set_attention(self, kind: AttentionKind, *, reason: str, by: Professional, today: date, now: datetime) -> bool:
        """CLIENT-6: a registered professional sets SPECIAL_SUPPORT; False when it is in force already."""
        self._by_hand("set_attention", kind, by)
        if self.has(kind):
            return False
        self._move("set_attention", now)
        self._raise(AttentionFlag(kind, AttentionSource.PROFESSIONAL, reason, today, set_by=by.professional_id))
        return True

    def lift_attention(self, kind: AttentionKind, *, reason: str, by: Professional, today: date, now: datetime) -> bool:
        """CLIENT-6: a registered professional lifts SPECIAL_SUPPORT; False when it is not in force."""
        self._by_hand("lift_attention", kind, by)
        if not self.has(kind):
            return False
        self._move("lift_attention", now)
        self._lift(kind, today, reason, by.professional_id)
        return True

    def derive_attention(self, kind: AttentionKind, holds: bool, *, reason: str, today: date, now: datetime) -> bool:
        """ATTENTION-4: a derived flag follows its rule; True when it changed. What a professional set is not
        touched."""
        current = next((flag for flag in self.flags_in_force() if flag.kind is kind), None)
        if holds == (current is not None) or (current and current.source is AttentionSource.PROFESSIONAL):
            return False
        self._move("set_attention" if holds else "lift_attention", now)
        if holds:
            self._raise(AttentionFlag(kind, AttentionSource.AUTO, reason, today))
        else:
            self._lift(kind, today, "no longer so", "")
        return True

    def name_own_worker(self, own_worker: OwnWorker, now: datetime) -> None:
        """S1.09: one professional is named; with SPECIAL_SUPPORT a social worker, alone or in pair (ATTENTION-3)."""
        self.check("name_own_worker")
        if self.has(AttentionKind.SPECIAL_SUPPORT) and not own_worker.has_social_worker:
            raise SocialWorkerRequired(
                "the client needs special support: the own-worker is a social worker or works in pair with one"
            )
        self._move("name_own_worker", now)
        self.own_worker = own_worker

    def set_non_disclosure(self, order: NonDisclosure, now: datetime) -> bool:
        """CLIENT-5: an order is granted, extended, or changed in what may be disclosed; False when nothing changes."""
        self.check("set_non_disclosure")
        if order == self.non_disclosure:
            return False
        self._move("set_non_disclosure", now)
        self.non_disclosure = order
        return True

    def end_non_disclosure(self, now: datetime) -> bool:
        """CLIENT-5: the order ends; False when there is none."""
        self.check("end_non_disclosure")
        if self.non_disclosure is None:
            return False
        self._move("end_non_disclosure", now)
        self.non_disclosure = None
        return True

    def flags_in_force(self) -> tuple[AttentionFlag, ...]:
        """The flags that are not lifted."""
        return tuple(flag for flag in self.attention_flags if flag.to_date is None)

    def has(self, kind: AttentionKind) -> bool:
        """Whether the flag is in force."""
        return any(flag.kind is kind for flag in self.flags_in_force())

    def check(self, command: str) -> ClientState:
        """The state after `command`; refuses with `ClientClosed` (INV-16) or `IllegalTransition` (REFUSAL-1)."""
        if command in MATTERS and (self.state, command) not in TRANSITIONS:
            self.require_open()
        return move(TRANSITIONS, self.state, command, noun="a client")

    def require_open(self) -> None:
        """Refuse with `ClientClosed` what a client who moved out, died or was merged takes no more (INV-16)."""
        if self.state in CLOSED:
            raise ClientClosed(f"a client in state {self.state.value} takes no new matters")

    def _by_hand(self, command: str, kind: AttentionKind, by: Professional) -> None:
        self.check(command)
        if kind is not AttentionKind.SPECIAL_SUPPORT:
            raise FlagNotByHand("this flag is derived from the client's services, not set by hand")
        if not by.registered:
            raise RegisteredProfessionalRequired(
                "the professional has no number in the social welfare or health care register"
            )

    def _move(self, command: str, now: datetime) -> None:
        self.state = self.check(command)
        self.version += 1
        self.updated_at = now

    def _come_back(self, registered: date | None) -> None:
        self.registered_date = registered
        self.moved_date, self.moved_to_county, self.deceased_date = None, "", None

    def _raise(self, flag: AttentionFlag) -> None:
        self.attention_flags = (*self.attention_flags, flag)

    def _lift(self, kind: AttentionKind, today: date, reason: str, by: str) -> None:
        self.attention_flags = tuple(
            flag.lifted(today, reason, by) if flag.kind is kind and flag.to_date is None else flag
            for flag in self.attention_flags
        )


def check_residence(contact_data: ContactData, municipalities: frozenset[str], *, urgent_need: bool) -> None:
    """CLIENT-2: lives in a municipality of the county, or has an urgent need; else `ResidenceRequired`."""
    if contact_data.municipality_code not in municipalities and not urgent_need:
        raise ResidenceRequired("the person does not live in this county and the need is not urgent")
