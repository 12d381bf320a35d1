"""Terms and delegations by date: whose block a letter of a day bears, and who may act then."""

import json
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from kecamatan_desk.domain.errors import InputError, NotAllowedError, RuleError
from kecamatan_desk.domain.roles import OFFICIALS, Role
from kecamatan_desk.domain.tenure import Standing
from kecamatan_desk.paths import Place
from kecamatan_desk.persistence.tables import ActingRecord, EventRecord, TermRecord, UserRecord
from kecamatan_desk.usecases.accounts import save_acting, save_user, users
from kecamatan_desk.usecases.checking import check_place
from kecamatan_desk.usecases.desk import Desk, UnitOfWork
from kecamatan_desk.usecases.entrance import Office
from kecamatan_desk.usecases.office import absences, save_absence
from kecamatan_desk.usecases.people import SIGNS, signatory
from kecamatan_desk.usecases.people_values import TermInput, UserInput
from kecamatan_desk.usecases.processing import approve, give_agenda_number
from kecamatan_desk.usecases.terms import end_term, save_term, terms
from kecamatan_desk.usecases.values import RecordedDecision
from kecamatan_desk.workflows.vocabulary import Signing
from tests.builders import NAMES, RANKS, DeskOf, SettableClock, op
from tests.walking import brought_to, rows, seen

TODAY, DAY = date(2026, 5, 12), timedelta(days=1)
KASI, SEKCAM, CAMAT = (NAMES[role] for role in (Role.KASI, Role.SEKCAM, Role.CAMAT))
FAR = date(2027, 12, 31)


def term(
    admin: Desk,
    desk_of: DeskOf,
    who: Role,
    office: Role,
    first: date,
    last: date | None = None,
    title: str = "",
) -> int:
    typed = TermInput(desk_of(who).user.id, office, first, last, title, "821.2/7/2026")
    return admin.call(save_term, op(), typed)


def appoint(
    admin: Desk,
    desk_of: DeskOf,
    who: Role,
    office: Role,
    kind: str,
    first: date = TODAY,
    last: date = FAR,
) -> int:
    return admin.call(
        save_acting, op(), desk_of(who).user.id, office, kind, first, last, "800/1/2026"
    )


def block(desk: Desk, signing: Signing, day: date = TODAY) -> list[str]:
    """Give the block line by line, prefixes in front, as it prints."""
    signer = desk.ask(signatory, signing, day)
    titles = [f"{prefix} {title}".strip() for prefix, title in signer.titles]
    return [*titles, signer.name, *(line for line in (signer.rank, signer.nip) if line)]


def test_the_blocks_of_the_three_offices(admin_desk: Desk) -> None:
    assert block(admin_desk, Signing.CAMAT)[:2] == ["CAMAT SUKAMAJU,", CAMAT]
    assert block(admin_desk, Signing.SEKCAM_AN)[:3] == [
        "a.n. CAMAT SUKAMAJU,",
        "SEKRETARIS KECAMATAN,",
        SEKCAM,
    ]
    assert block(admin_desk, Signing.KASI_AN) == [
        "a.n. CAMAT SUKAMAJU,",
        "KEPALA SEKSI PELAYANAN DAN PERIZINAN,",
        KASI,
        RANKS[Role.KASI],
        "19700101 199003 1 003",
    ]


@pytest.mark.parametrize("kind", ["Plt", "Plh", "Pj"])
def test_the_block_follows_the_letters_date_and_falls_back(
    admin_desk: Desk, desk_of: DeskOf, kind: str
) -> None:
    appoint(admin_desk, desk_of, Role.SEKCAM, Role.CAMAT, kind, TODAY + DAY, TODAY + 2 * DAY)

    def on(day: date) -> list[str]:
        return block(admin_desk, Signing.CAMAT, day)[:2]

    assert on(TODAY) == ["CAMAT SUKAMAJU,", CAMAT]
    assert on(TODAY + DAY) == on(TODAY + 2 * DAY) == [f"{kind}. CAMAT SUKAMAJU,", SEKCAM]
    assert on(TODAY + 3 * DAY) == ["CAMAT SUKAMAJU,", CAMAT]


def test_acting_below_the_camat_stands_under_the_a_n(admin_desk: Desk, desk_of: DeskOf) -> None:
    appoint(admin_desk, desk_of, Role.KASI, Role.SEKCAM, "Plt")

    assert block(admin_desk, Signing.SEKCAM_AN)[:3] == [
        "a.n. CAMAT SUKAMAJU,",
        "Plt. SEKRETARIS KECAMATAN,",
        KASI,
    ]


@pytest.mark.parametrize(
    ("who", "second"),
    [
        (Role.SEKCAM, "SEKRETARIS KECAMATAN,"),
        (Role.KASI, "KEPALA SEKSI PELAYANAN DAN PERIZINAN,"),
    ],
)
def test_a_delegate_signs_the_camats_letters_from_his_own_office(
    admin_desk: Desk, desk_of: DeskOf, who: Role, second: str
) -> None:
    appoint(admin_desk, desk_of, who, Role.CAMAT, "a.n")

    assert block(admin_desk, Signing.CAMAT)[:3] == ["a.n. CAMAT SUKAMAJU,", second, NAMES[who]]
    assert admin_desk.ask(signatory, Signing.CAMAT, TODAY).brief.endswith(" a.n. Camat")


def test_an_acting_delegate_prints_both(admin_desk: Desk, desk_of: DeskOf) -> None:
    appoint(admin_desk, desk_of, Role.REGISTER, Role.SEKCAM, "Plt")
    appoint(admin_desk, desk_of, Role.REGISTER, Role.CAMAT, "a.n")

    assert block(admin_desk, Signing.CAMAT)[:2] == [
        "a.n. CAMAT SUKAMAJU,",
        "Plt. SEKRETARIS KECAMATAN,",
    ]


@pytest.mark.parametrize(
    ("above", "signing"),
    [
        (Role.CAMAT, Signing.CAMAT),
        (Role.SEKCAM, Signing.SEKCAM_AN),
        (Role.KASI, Signing.KASI_AN),
    ],
)
def test_two_levels_down_stands_untuk_beliau(
    admin_desk: Desk, desk_of: DeskOf, above: Role, signing: Signing
) -> None:
    appoint(admin_desk, desk_of, Role.KASI, above, "u.b")

    assert block(admin_desk, signing)[:5] == [
        "a.n. CAMAT SUKAMAJU,",
        "SEKRETARIS KECAMATAN",
        "u.b.",
        "KEPALA SEKSI PELAYANAN DAN PERIZINAN,",
        KASI,
    ]
    assert admin_desk.ask(signatory, signing, TODAY).brief == "Kasi u.b. Sekcam a.n. Camat"


def test_a_delegation_ends_with_the_office_it_was_given_to(
    admin_desk: Desk, desk_of: DeskOf
) -> None:
    term(admin_desk, desk_of, Role.KASI, Role.KASI, date(2025, 1, 1), TODAY)
    appoint(admin_desk, desk_of, Role.KASI, Role.CAMAT, "a.n")

    assert block(admin_desk, Signing.CAMAT)[2] == KASI
    assert block(admin_desk, Signing.CAMAT, TODAY + DAY)[:2] == ["CAMAT SUKAMAJU,", CAMAT]


def test_an_own_title_is_printed_and_spoken(admin_desk: Desk, desk_of: DeskOf) -> None:
    title = "KEPALA SEKSI KESEJAHTERAAN SOSIAL DAN KETERTIBAN UMUM"
    term(admin_desk, desk_of, Role.KASI, Role.KASI, date(2025, 1, 1), title=title)
    term(admin_desk, desk_of, Role.SEKCAM, Role.SEKCAM, date(2025, 1, 1), title="Sekretaris Camat,")
    appoint(admin_desk, desk_of, Role.KASI, Role.KASI, "u.b")

    signer = admin_desk.ask(signatory, Signing.KASI_AN, TODAY)

    assert [line for _, line in signer.titles] == [
        "CAMAT SUKAMAJU,",
        "SEKRETARIS CAMAT",
        "u.b.",
        f"{title},",
    ]
    assert signer.running == (
        "Kepala Seksi Kesejahteraan Sosial dan Ketertiban Umum Kecamatan Sukamaju"
    )


def test_where_nobody_holds_the_office_the_superior_signs_as_himself(
    admin_desk: Desk, desk_of: DeskOf
) -> None:
    term(admin_desk, desk_of, Role.KASI, Role.KASI, date(2025, 1, 1), TODAY - DAY)
    assert block(admin_desk, Signing.KASI_AN) == block(admin_desk, Signing.SEKCAM_AN)

    term(admin_desk, desk_of, Role.SEKCAM, Role.SEKCAM, date(2025, 1, 1), TODAY - DAY)
    assert block(admin_desk, Signing.KASI_AN) == block(admin_desk, Signing.CAMAT)

    yesterday = TODAY - DAY
    assert block(admin_desk, Signing.KASI_AN, yesterday)[2] == KASI


def test_nobody_at_all_is_refused_with_the_reason_and_no_number_is_spent(
    admin_desk: Desk, desk_of: DeskOf
) -> None:
    receipt = brought_to(desk_of, "ahli-waris", "register")
    term(admin_desk, desk_of, Role.CAMAT, Role.CAMAT, date(2025, 1, 1), TODAY - DAY)

    with pytest.raises(RuleError, match="berakhir 11 Mei 2026") as refused:
        desk_of(Role.REGISTER).call(give_agenda_number, op(), seen(receipt))

    assert "Camat yang berwenang menandatangani pada 12 Mei 2026" in str(refused.value)
    assert "mintalah Administrator mencatat masa jabatan" in str(refused.value)
    assert "menu Pejabat" in str(refused.value)
    path = admin_desk.store.path
    assert rows(path, "SELECT * FROM counter WHERE series = 'ahli-waris'") == []

    appoint(admin_desk, desk_of, Role.SEKCAM, Role.CAMAT, "Plt")
    done = desk_of(Role.REGISTER).call(give_agenda_number, op(), seen(receipt))
    assert done.agenda_number == 1


def test_whose_term_is_over_acts_no_more_and_is_told_why(
    admin_desk: Desk, desk_of: DeskOf, clock: SettableClock
) -> None:
    receipt = brought_to(desk_of, "ktp", "tanda-tangan")
    kasi = desk_of(Role.KASI)
    term(admin_desk, desk_of, Role.KASI, Role.KASI, date(2025, 1, 1), TODAY - DAY)

    assert kasi.ask(lambda work: work.roles) == ()
    with pytest.raises(NotAllowedError, match="masa jabatan berakhir 11 Mei 2026"):
        kasi.call(approve, op(), seen(receipt))
    paraf = RecordedDecision(kasi.user.id, Role.KASI, clock.now)
    with pytest.raises(NotAllowedError, match="masa jabatan berakhir 11 Mei 2026"):
        desk_of(Role.REGISTER).call(approve, op(), seen(receipt), recorded=paraf)


def test_the_lists_of_people_show_the_offices_of_the_day(
    admin_desk: Desk, desk_of: DeskOf, office: Office
) -> None:
    camat, sekcam = desk_of(Role.CAMAT).user.id, desk_of(Role.SEKCAM).user.id
    term(admin_desk, desk_of, Role.CAMAT, Role.CAMAT, date(2025, 1, 1), TODAY - DAY)
    appoint(admin_desk, desk_of, Role.SEKCAM, Role.CAMAT, "Plt")

    for people in (office.users(), admin_desk.ask(users)):
        held = {row.id: row.held for row in people}
        assert held[camat] == ()
        assert held[sekcam] == (
            Standing(sekcam, Role.SEKCAM),
            Standing(sekcam, Role.CAMAT, "Plt"),
        )
        assert next(row.roles for row in people if row.id == camat) == (Role.CAMAT,)


def test_a_term_gives_the_office_to_whom_his_account_does_not(
    admin_desk: Desk, desk_of: DeskOf
) -> None:
    """A new Camat begins on his day, and the old one's right ends on the day before."""
    term(admin_desk, desk_of, Role.REGISTER, Role.CAMAT, TODAY)

    assert Role.CAMAT in desk_of(Role.REGISTER).ask(lambda work: work.roles)
    assert desk_of(Role.CAMAT).ask(lambda work: work.roles) == ()
    assert block(admin_desk, Signing.CAMAT)[1] == NAMES[Role.REGISTER]


def test_the_first_term_takes_the_office_from_nobody_unnoticed(
    admin_desk: Desk, desk_of: DeskOf, place: Place, clock: SettableClock
) -> None:
    """From its first term on an office goes by terms: who held it by his account gets one."""
    clock.advance(days=30)
    today = TODAY + 30 * DAY
    term(admin_desk, desk_of, Role.REGISTER, Role.CAMAT, today + 5 * DAY)

    held = {row.name: (row.first_day, row.last_day) for row in admin_desk.ask(terms)}
    assert held[CAMAT] == (TODAY - DAY, today + 4 * DAY)  # set up the day before
    assert block(admin_desk, Signing.CAMAT, today)[1] == CAMAT
    assert check_place(place).ok


def test_a_second_kasi_keeps_the_first_in_office(admin_desk: Desk, desk_of: DeskOf) -> None:
    term(admin_desk, desk_of, Role.REGISTER, Role.KASI, TODAY, title="KEPALA SEKSI SOSIAL")

    assert Role.KASI in desk_of(Role.KASI).ask(lambda work: work.roles)
    assert Role.KASI in desk_of(Role.REGISTER).ask(lambda work: work.roles)


def test_an_open_term_ends_when_somebody_follows(admin_desk: Desk, desk_of: DeskOf) -> None:
    first = term(admin_desk, desk_of, Role.CAMAT, Role.CAMAT, date(2025, 1, 1))
    term(admin_desk, desk_of, Role.SEKCAM, Role.CAMAT, TODAY + DAY)

    assert {row.id: row.last_day for row in admin_desk.ask(terms)}[first] == TODAY
    assert block(admin_desk, Signing.CAMAT)[1] == CAMAT
    assert block(admin_desk, Signing.CAMAT, TODAY + DAY)[1] == SEKCAM


@pytest.mark.parametrize(
    ("first", "last"),
    [(date(2026, 1, 1), None), (date(2026, 6, 30), None), (date(2025, 6, 1), date(2026, 1, 1))],
)
def test_two_terms_of_one_office_may_not_overlap(
    admin_desk: Desk, desk_of: DeskOf, first: date, last: date | None
) -> None:
    term(admin_desk, desk_of, Role.CAMAT, Role.CAMAT, date(2026, 1, 1), date(2026, 6, 30))
    before = admin_desk.ask(terms)

    with pytest.raises(RuleError, match="30 Juni 2026"):
        term(admin_desk, desk_of, Role.SEKCAM, Role.CAMAT, first, last)

    assert admin_desk.ask(terms) == before


def test_the_same_term_typed_again_is_changed(admin_desk: Desk, desk_of: DeskOf) -> None:
    first = term(admin_desk, desk_of, Role.CAMAT, Role.CAMAT, date(2026, 1, 1))
    again = term(admin_desk, desk_of, Role.CAMAT, Role.CAMAT, date(2026, 1, 1), FAR, "CAMAT KAMI")

    (row,) = admin_desk.ask(terms)
    assert (first, again) == (row.id, row.id)
    assert (row.last_day, row.title) == (FAR, "CAMAT KAMI")


def test_a_term_is_ended_with_a_day(admin_desk: Desk, desk_of: DeskOf) -> None:
    row = term(admin_desk, desk_of, Role.KASI, Role.KASI, date(2026, 1, 1))

    admin_desk.call(end_term, op(), row, TODAY - DAY)

    assert desk_of(Role.KASI).ask(lambda work: work.roles) == ()
    with pytest.raises(RuleError, match="sudah berakhir"):
        admin_desk.call(end_term, op(), row, TODAY)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"role": Role.PELAYANAN}, "role"),
        ({"last": TODAY - DAY}, "last"),
        ({"title": "x" * 81}, "title"),
        ({"title": "KEPALA \u4e2d"}, "title"),
        ({"decree": "x" * 151}, "decree"),
    ],
)
def test_an_impossible_term_is_refused_at_its_field(
    admin_desk: Desk, desk_of: DeskOf, change: dict[str, object], field: str
) -> None:
    given = {"user_id": desk_of(Role.CAMAT).user.id, "role": Role.CAMAT, "first": TODAY, **change}
    with pytest.raises(InputError) as refused:
        admin_desk.call(save_term, op(), TermInput(**given))  # type: ignore[arg-type]
    assert refused.value.field == field
    assert admin_desk.ask(terms) == ()


@pytest.mark.parametrize("kind", ["Plt", "Pj"])
def test_an_office_with_a_running_term_is_not_vacant(
    admin_desk: Desk, desk_of: DeskOf, kind: str
) -> None:
    term(admin_desk, desk_of, Role.CAMAT, Role.CAMAT, date(2026, 1, 1))

    with pytest.raises(RuleError, match="tidak lowong"):
        appoint(admin_desk, desk_of, Role.SEKCAM, Role.CAMAT, kind)
    appoint(admin_desk, desk_of, Role.SEKCAM, Role.CAMAT, "Plh")


def test_a_term_does_not_begin_while_the_office_is_held_as_vacant(
    admin_desk: Desk, desk_of: DeskOf
) -> None:
    term(admin_desk, desk_of, Role.CAMAT, Role.CAMAT, date(2025, 1, 1), TODAY - DAY)
    appoint(admin_desk, desk_of, Role.SEKCAM, Role.CAMAT, "Plt")

    with pytest.raises(RuleError, match=r"Plt\. Camat"):
        term(admin_desk, desk_of, Role.REGISTER, Role.CAMAT, TODAY + 5 * DAY)


@pytest.mark.parametrize(
    ("who", "above", "kind", "field"),
    [
        (Role.PELAYANAN, Role.CAMAT, "a.n", "user_id"),
        (Role.SEKCAM, Role.CAMAT, "u.b", "user_id"),
        (Role.SEKCAM, Role.SEKCAM, "a.n", "user_id"),
        (Role.SEKCAM, Role.KASI, "a.n", "role"),
    ],
)
def test_a_delegation_needs_a_lower_office(
    admin_desk: Desk, desk_of: DeskOf, who: Role, above: Role, kind: str, field: str
) -> None:
    with pytest.raises(InputError) as refused:
        appoint(admin_desk, desk_of, who, above, kind)
    assert refused.value.field == field


def test_a_delegation_without_decree_is_refused(admin_desk: Desk, desk_of: DeskOf) -> None:
    user = desk_of(Role.SEKCAM).user.id
    with pytest.raises(InputError) as refused:
        admin_desk.call(save_acting, op(), user, Role.CAMAT, "a.n", TODAY, TODAY, " ")
    assert refused.value.field == "decree"


def test_a_delegation_stands_beside_a_plh_and_the_newest_counts(
    admin_desk: Desk, desk_of: DeskOf
) -> None:
    appoint(admin_desk, desk_of, Role.SEKCAM, Role.CAMAT, "a.n")
    appoint(admin_desk, desk_of, Role.KASI, Role.CAMAT, "Plh", TODAY, TODAY)

    assert block(admin_desk, Signing.CAMAT)[0] == "Plh. CAMAT SUKAMAJU,"
    assert block(admin_desk, Signing.CAMAT, TODAY + DAY)[0] == "a.n. CAMAT SUKAMAJU,"
    with pytest.raises(RuleError, match=r"penunjukan a\.n\. sampai"):
        appoint(admin_desk, desk_of, Role.SEKCAM, Role.CAMAT, "a.n")


def test_with_terms_two_accounts_may_have_the_camats_role(
    admin_desk: Desk, desk_of: DeskOf
) -> None:
    term(admin_desk, desk_of, Role.CAMAT, Role.CAMAT, date(2026, 1, 1))

    new = UserInput(None, "tuti", "Tuti Herawati", (Role.CAMAT,), password="kopi susu hangat")
    admin_desk.call(save_user, op(), new)

    assert block(admin_desk, Signing.CAMAT)[1] == CAMAT


def test_a_term_is_an_event_without_names(admin_desk: Desk, desk_of: DeskOf, place: Place) -> None:
    term(admin_desk, desk_of, Role.CAMAT, Role.CAMAT, date(2026, 1, 1))

    def payload(work: UnitOfWork) -> str:
        query = select(EventRecord.payload).where(EventRecord.act == "jabatan")
        return work.session.scalars(query).one()

    told = json.loads(admin_desk.ask(payload))
    assert (told["for"], told["first"], told["last"]) == ("camat", "2026-01-01", None)
    assert CAMAT not in json.dumps(told)
    assert check_place(place).ok


class UndoneError(Exception):
    """Ends a transaction without keeping anything of it."""


_SPANS = st.lists(
    st.tuples(
        st.sampled_from(sorted(NAMES)),
        st.sampled_from(OFFICIALS),
        st.sampled_from(("", "Plt", "Plh", "Pj")),
        st.integers(0, 12),
        st.integers(0, 8),
    ),
    max_size=8,
)


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_SPANS, st.sampled_from([Signing.CAMAT, Signing.SEKCAM_AN, Signing.KASI_AN]))
def test_the_block_names_somebody_valid_on_the_letters_day_or_is_refused(
    admin_desk: Desk, spans: list[tuple[Role, Role, str, int, int]], signing: Signing
) -> None:
    """Any rows in the tables, through the database and the very function letters ask."""
    line = OFFICIALS[OFFICIALS.index(SIGNS[signing]) :]
    by_term = {office for _, office, kind, _, _ in spans if not kind}

    def valid_on(day: date) -> set[str]:
        found = {
            NAMES[who]
            for who, office, _, start, days in spans
            if office in line and TODAY + start * DAY <= day <= TODAY + (start + days) * DAY
        }
        return found | {NAMES[office] for office in line if office not in by_term}

    def judge(work: UnitOfWork) -> None:
        ids = {user.username: user.id for user in work.session.scalars(select(UserRecord))}
        for who, office, kind, start, days in spans:
            span = {"first_day": TODAY + start * DAY, "last_day": TODAY + (start + days) * DAY}
            own = {"user_id": ids[who.value], "role": office.value, "decree": "SK 1", **span}
            row = ActingRecord(kind=kind, **own) if kind else TermRecord(title="", **own)
            work.session.add(row)
        work.session.flush()
        work.forget_roster()
        for day in (TODAY + n * DAY for n in range(-1, 22)):
            try:
                assert signatory(work, signing, day).name in valid_on(day)
            except RuleError:
                assert not valid_on(day)
        raise UndoneError

    with pytest.raises(UndoneError):
        admin_desk.call(judge)


@pytest.mark.parametrize("role", [Role.REGISTER, Role.CAMAT])
def test_only_the_administrator_records_terms(desk_of: DeskOf, role: Role) -> None:
    typed = TermInput(desk_of(Role.CAMAT).user.id, Role.CAMAT, TODAY)
    with pytest.raises(NotAllowedError):
        desk_of(role).call(save_term, op(), typed)


def officials_listed(admin: Desk) -> set[str]:
    return {user.name for user in admin.ask(users) if user.official}


def test_who_holds_an_office_by_term_alone_can_be_away_from_it(
    admin_desk: Desk, desk_of: DeskOf
) -> None:
    clerk = desk_of(Role.VERIFIKASI).user
    with pytest.raises(InputError, match="pejabat"):
        admin_desk.call(save_absence, op(), clerk.id, TODAY, TODAY, "Cuti")
    assert officials_listed(admin_desk) == {KASI, SEKCAM, CAMAT}
    term(admin_desk, desk_of, Role.VERIFIKASI, Role.CAMAT, TODAY)
    assert officials_listed(admin_desk) == {KASI, SEKCAM, clerk.name}
    admin_desk.call(save_absence, op(), clerk.id, TODAY, TODAY, "Cuti")
    assert [row.user_id for row in admin_desk.ask(absences)] == [clerk.id]
    with pytest.raises(InputError, match="pejabat"):  # no longer Camat
        admin_desk.call(save_absence, op(), desk_of(Role.CAMAT).user.id, TODAY, TODAY, "Cuti")


def test_who_acts_for_an_official_can_be_away_too(admin_desk: Desk, desk_of: DeskOf) -> None:
    appoint(admin_desk, desk_of, Role.REGISTER, Role.KASI, "Plh", TODAY + DAY, TODAY + 2 * DAY)
    clerk = desk_of(Role.REGISTER).user
    admin_desk.call(save_absence, op(), clerk.id, TODAY, TODAY + DAY, "Sakit")
    with pytest.raises(InputError, match="pejabat"):
        admin_desk.call(save_absence, op(), clerk.id, TODAY, TODAY, "Sakit")
