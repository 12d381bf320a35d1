"""Which role sees which entries, in the order of the rail. The one table of navigation."""

from dataclasses import dataclass
from importlib import import_module
from typing import cast

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.screen import Screen


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the rail: what it is called, its icon and key cap, and the screen it opens.

    ``opens`` is the screen's class, or "module.Class" among these screens: most of them are never
    opened in a session, and loading them all took a tenth of the start. ``kind`` is handed to the
    screen and names the count: ``entry_counts()[role, kind]``.
    """

    title: str
    icon: str
    key: str
    opens: type[Screen] | str
    kind: str

    @property
    def class_name(self) -> str:
        """The name of the screen's class, known without loading it."""
        return self.opens.rpartition(".")[2] if isinstance(self.opens, str) else self.opens.__name__

    @property
    def screen(self) -> type[Screen]:
        """The class of the screen, loaded when it is first asked for."""
        if not isinstance(self.opens, str):
            return self.opens
        module, _, name = self.opens.partition(".")
        loaded = import_module(f"kecamatan_desk.ui.screens.{module}")
        return cast("type[Screen]", getattr(loaded, name))


_NEW = Entry("Permohonan Baru", "file-plus", "F2", "new_request.NewRequestScreen", "baru")
_DRAFTS = Entry("Draf", "pen-line", "", "drafts.DraftsScreen", "draf")
_RETURNED = Entry("Dikembalikan (TMS)", "undo-2", "", "returned.ReturnedScreen", "tms")
_BOOKS = Entry("Buku Register", "book-open", "", "book.RegisterBookScreen", "buku")
_INBOX = Entry("Berkas Masuk", "inbox", "", "workplace.WorkplaceScreen", "masuk")
_FOLDER = Entry("Map Tanda Tangan", "pen-line", "", "signing.SigningScreen", "tanda-tangan")
_COMPLAINTS = Entry(
    "Pengaduan", "message-square-warning", "", "workplace.ComplaintsScreen", "masuk"
)
_SEARCH = Entry("Cari Berkas", "search", "", "search_results.SearchScreen", "cari")
_VERIFY = Entry("Periksa Surat", "file-check", "", "verify.VerifyScreen", "periksa")
_REPORT = Entry("Laporan Bulanan", "chart-column", "", "report.ReportScreen", "laporan")
_APPROVALS = Entry("Persetujuan", "clipboard-check", "", "approvals.ApprovalsScreen", "persetujuan")
_NUMBERING = Entry("Penomoran", "list", "", "start_numbers.NumberingScreen", "penomoran")
_CLOSING = Entry("Tutup Buku", "lock", "", "closing_desk.ClosingScreen", "tutup-buku")
_BACKUPS = Entry("Cadangan", "hard-drive", "", "backup_desk.BackupScreen", "salinan")
_PERSON = Entry("Data Satu Orang", "users", "", "person_data.PersonScreen", "data-orang")
_FIGURES = Entry("Kantor Hari Ini", "chart-column", "F9", "figures.FiguresScreen", "angka")
_JOURNAL = Entry("Jurnal Kegiatan", "history", "", "journal.JournalScreen", "jurnal")
_CHECK = Entry("Pemeriksaan Data", "monitor-check", "", "data_check.DataCheckScreen", "pemeriksaan")

_OF_HEADS = (
    _FOLDER,
    _COMPLAINTS,
    _APPROVALS,
    _FIGURES,
    _JOURNAL,
    _CLOSING,
    _PERSON,
    _CHECK,
    _BACKUPS,
)

ENTRIES: dict[Role, tuple[Entry, ...]] = {
    Role.PELAYANAN: (
        _NEW,
        _SEARCH,
        _DRAFTS,
        _RETURNED,
        Entry("Siap Diserahkan", "package-check", "", "handover.HandoverScreen", "siap"),
        _COMPLAINTS,
        _BOOKS,
        _VERIFY,
    ),
    Role.VERIFIKASI: (_INBOX,),
    Role.REGISTER: (
        Entry("Berkas Masuk", "inbox", "", "register_desk.RegisterScreen", "masuk"),
        Entry("Dicatat dari Ceklis", "clipboard-list", "", "recorded.RecordedScreen", "dicatat"),
        _APPROVALS,
        _BOOKS,
        Entry("Surat manual", "pencil", "", "manual_letter.ManualScreen", "surat-manual"),
        Entry("Lembar cadangan", "files", "", "reserve_desk.ReserveScreen", "cadangan"),
        _NUMBERING,
        _CLOSING,
        _CHECK,
        _REPORT,
        _SEARCH,
        _VERIFY,
        _PERSON,
    ),
    Role.KASI: (_INBOX, _FOLDER, _APPROVALS, _FIGURES, _JOURNAL, _CLOSING, _PERSON),
    Role.SEKCAM: _OF_HEADS,
    Role.CAMAT: _OF_HEADS,
    Role.TIM_TEKNIS: (_NEW, _DRAFTS, _RETURNED, _INBOX),
    Role.PENGOLAH_DATA: (_INBOX,),
    Role.TIM_PENGADUAN: (_COMPLAINTS,),
    Role.ADMIN: (
        Entry("Pengguna", "users", "", "admin_users.UsersScreen", "pengguna"),
        Entry("Pejabat", "stamp", "", "admin_officials.OfficialsScreen", "pejabat"),
        Entry("Layanan", "settings", "", "admin_services.ServicesScreen", "layanan"),
        Entry("Kantor dan kop surat", "landmark", "", "admin_office.OfficeScreen", "kantor"),
        Entry("Teks surat", "file-text", "", "admin_texts.TextsScreen", "naskah"),
        _NUMBERING,
        Entry("Kalender kerja", "calendar", "", "admin_calendar.CalendarScreen", "kalender"),
        _JOURNAL,
        _CHECK,
        _BACKUPS,
        Entry("Langkah berikutnya", "clipboard-list", "", "next_steps.NextStepsScreen", "langkah"),
    ),
}

#: Entries of everybody, below those of his roles.
OWN: tuple[Entry, ...] = (
    Entry("Ganti sandi/PIN", "key-round", "", "change_secret.ChangeSecretScreen", "rahasia"),
    Entry("Cetak di komputer ini", "printer", "", "print_profiles.PrintProfilesScreen", "cetak"),
)
