"""Which role sees which entries, in the order of the rail. The one table of navigation."""

from dataclasses import dataclass

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.screen import Screen
from kecamatan_desk.ui.screens.admin_calendar import CalendarScreen
from kecamatan_desk.ui.screens.admin_office import OfficeScreen
from kecamatan_desk.ui.screens.admin_officials import OfficialsScreen
from kecamatan_desk.ui.screens.admin_users import UsersScreen
from kecamatan_desk.ui.screens.book import RegisterBookScreen
from kecamatan_desk.ui.screens.change_secret import ChangeSecretScreen
from kecamatan_desk.ui.screens.drafts import DraftsScreen
from kecamatan_desk.ui.screens.figures import FiguresScreen
from kecamatan_desk.ui.screens.handover import HandoverScreen
from kecamatan_desk.ui.screens.new_request import NewRequestScreen
from kecamatan_desk.ui.screens.recorded import RecordedScreen
from kecamatan_desk.ui.screens.register_desk import RegisterScreen
from kecamatan_desk.ui.screens.returned import ReturnedScreen
from kecamatan_desk.ui.screens.search_results import SearchScreen
from kecamatan_desk.ui.screens.signing import SigningScreen
from kecamatan_desk.ui.screens.workplace import WorkplaceScreen


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the rail: what it is called, its icon and key cap, and the screen it opens.

    ``kind`` is handed to the screen and names the count: ``entry_counts()[role, kind]``.
    """

    title: str
    icon: str
    key: str
    screen: type[Screen]
    kind: str


_NEW = Entry("Permohonan Baru", "file-plus", "F2", NewRequestScreen, "baru")
_DRAFTS = Entry("Draf", "pen-line", "", DraftsScreen, "draf")
_RETURNED = Entry("Dikembalikan (TMS)", "undo-2", "", ReturnedScreen, "tms")
_BOOKS = Entry("Buku Register", "book-open", "", RegisterBookScreen, "buku")
_INBOX = Entry("Berkas Masuk", "inbox", "", WorkplaceScreen, "masuk")
_FOLDER = Entry("Map Tanda Tangan", "pen-line", "", SigningScreen, "tanda-tangan")
_COMPLAINTS = Entry("Pengaduan", "message-square-warning", "", WorkplaceScreen, "masuk")
_SEARCH = Entry("Cari Berkas", "search", "", SearchScreen, "cari")
_FIGURES = Entry("Kantor Hari Ini", "chart-column", "F9", FiguresScreen, "angka")

ENTRIES: dict[Role, tuple[Entry, ...]] = {
    Role.PELAYANAN: (
        _NEW,
        _SEARCH,
        _DRAFTS,
        _RETURNED,
        Entry("Siap Diserahkan", "package-check", "", HandoverScreen, "siap"),
        _COMPLAINTS,
        _BOOKS,
    ),
    Role.VERIFIKASI: (_INBOX,),
    Role.REGISTER: (
        Entry("Berkas Masuk", "inbox", "", RegisterScreen, "masuk"),
        Entry("Dicatat dari Ceklis", "clipboard-list", "", RecordedScreen, "dicatat"),
        _BOOKS,
        _SEARCH,
    ),
    Role.KASI: (_INBOX, _FOLDER, _FIGURES),
    Role.SEKCAM: (_FOLDER, _COMPLAINTS, _FIGURES),
    Role.CAMAT: (_FOLDER, _COMPLAINTS, _FIGURES),
    Role.TIM_TEKNIS: (_NEW, _DRAFTS, _RETURNED, _INBOX),
    Role.PENGOLAH_DATA: (_INBOX,),
    Role.TIM_PENGADUAN: (_COMPLAINTS,),
    Role.ADMIN: (
        Entry("Pengguna", "users", "", UsersScreen, "pengguna"),
        Entry("Pejabat", "stamp", "", OfficialsScreen, "pejabat"),
        Entry("Kantor dan kop surat", "landmark", "", OfficeScreen, "kantor"),
        Entry("Kalender kerja", "calendar", "", CalendarScreen, "kalender"),
    ),
}

#: Entries of everybody, below those of his roles.
OWN: tuple[Entry, ...] = (Entry("Ganti sandi/PIN", "key-round", "", ChangeSecretScreen, "rahasia"),)
