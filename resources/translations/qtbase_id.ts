<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<!-- Indonesian for what Qt itself shows: it ships none. After a change:
     pyside6-lrelease qtbase_id.ts -qm qtbase_id.qm -->
<TS version="2.1" language="id_ID">
<context>
  <name>QLineEdit</name>
  <message>
    <source>&amp;Undo</source>
    <translation>&amp;Urungkan</translation>
  </message>
  <message>
    <source>&amp;Redo</source>
    <translation>U&amp;langi lagi</translation>
  </message>
  <message>
    <source>Cu&amp;t</source>
    <translation>Po&amp;tong</translation>
  </message>
  <message>
    <source>&amp;Copy</source>
    <translation>&amp;Salin</translation>
  </message>
  <message>
    <source>&amp;Paste</source>
    <translation>Tem&amp;pel</translation>
  </message>
  <message>
    <source>Delete</source>
    <translation>Hapus</translation>
  </message>
  <message>
    <source>Select All</source>
    <translation>Pilih semua</translation>
  </message>
</context>
<context>
  <name>QWidgetTextControl</name>
  <message>
    <source>&amp;Undo</source>
    <translation>&amp;Urungkan</translation>
  </message>
  <message>
    <source>&amp;Redo</source>
    <translation>U&amp;langi lagi</translation>
  </message>
  <message>
    <source>Cu&amp;t</source>
    <translation>Po&amp;tong</translation>
  </message>
  <message>
    <source>&amp;Copy</source>
    <translation>&amp;Salin</translation>
  </message>
  <message>
    <source>&amp;Paste</source>
    <translation>Tem&amp;pel</translation>
  </message>
  <message>
    <source>Delete</source>
    <translation>Hapus</translation>
  </message>
  <message>
    <source>Select All</source>
    <translation>Pilih semua</translation>
  </message>
  <message>
    <source>Copy &amp;Link Location</source>
    <translation>Salin alamat &amp;tautan</translation>
  </message>
</context>
<context>
  <name>QAbstractSpinBox</name>
  <message>
    <source>&amp;Select All</source>
    <translation>Pilih &amp;semua</translation>
  </message>
  <message>
    <source>&amp;Step up</source>
    <translation>&amp;Naikkan</translation>
  </message>
  <message>
    <source>Step &amp;down</source>
    <translation>&amp;Turunkan</translation>
  </message>
</context>
<context>
  <name>QPlatformTheme</name>
  <message>
    <source>OK</source>
    <translation>Baik</translation>
  </message>
  <message>
    <source>Save</source>
    <translation>Simpan</translation>
  </message>
  <message>
    <source>Save All</source>
    <translation>Simpan semua</translation>
  </message>
  <message>
    <source>Open</source>
    <translation>Buka</translation>
  </message>
  <message>
    <source>&amp;Yes</source>
    <translation>&amp;Ya</translation>
  </message>
  <message>
    <source>Yes to &amp;All</source>
    <translation>Ya untuk &amp;semua</translation>
  </message>
  <message>
    <source>&amp;No</source>
    <translation>&amp;Tidak</translation>
  </message>
  <message>
    <source>N&amp;o to All</source>
    <translation>Tidak untuk s&amp;emua</translation>
  </message>
  <message>
    <source>Abort</source>
    <translation>Hentikan</translation>
  </message>
  <message>
    <source>Retry</source>
    <translation>Coba lagi</translation>
  </message>
  <message>
    <source>Ignore</source>
    <translation>Abaikan</translation>
  </message>
  <message>
    <source>Close</source>
    <translation>Tutup</translation>
  </message>
  <message>
    <source>Cancel</source>
    <translation>Tidak jadi</translation>
  </message>
  <message>
    <source>Discard</source>
    <translation>Buang</translation>
  </message>
  <message>
    <source>Help</source>
    <translation>Bantuan</translation>
  </message>
  <message>
    <source>Apply</source>
    <translation>Terapkan</translation>
  </message>
  <message>
    <source>Reset</source>
    <translation>Atur ulang</translation>
  </message>
  <message>
    <source>Restore Defaults</source>
    <translation>Kembalikan ke semula</translation>
  </message>
</context>
<context>
  <name>QGnomeTheme</name>
  <message>
    <source>&amp;OK</source>
    <translation>&amp;Baik</translation>
  </message>
  <message>
    <source>&amp;Save</source>
    <translation>&amp;Simpan</translation>
  </message>
  <message>
    <source>&amp;Cancel</source>
    <translation>&amp;Tidak jadi</translation>
  </message>
  <message>
    <source>&amp;Close</source>
    <translation>T&amp;utup</translation>
  </message>
  <message>
    <source>Close without Saving</source>
    <translation>Tutup tanpa menyimpan</translation>
  </message>
</context>
<context>
  <name>QDialog</name>
  <message>
    <source>What's This?</source>
    <translation>Apa ini?</translation>
  </message>
</context>
<context>
  <name>QMessageBox</name>
  <message>
    <source>Show Details...</source>
    <translation>Tampilkan rincian …</translation>
  </message>
  <message>
    <source>Hide Details...</source>
    <translation>Sembunyikan rincian …</translation>
  </message>
</context>
<context>
  <name>QComboBox</name>
  <message>
    <source>Open the combo box selection popup</source>
    <translation>Buka daftar pilihan</translation>
  </message>
  <message>
    <source>True</source>
    <translation>Ya</translation>
  </message>
  <message>
    <source>False</source>
    <translation>Tidak</translation>
  </message>
</context>
<context>
  <name>QScrollBar</name>
  <message>
    <source>Scroll here</source>
    <translation>Gulung ke sini</translation>
  </message>
  <message>
    <source>Left edge</source>
    <translation>Tepi kiri</translation>
  </message>
  <message>
    <source>Top</source>
    <translation>Paling atas</translation>
  </message>
  <message>
    <source>Right edge</source>
    <translation>Tepi kanan</translation>
  </message>
  <message>
    <source>Bottom</source>
    <translation>Paling bawah</translation>
  </message>
  <message>
    <source>Page left</source>
    <translation>Satu halaman ke kiri</translation>
  </message>
  <message>
    <source>Page up</source>
    <translation>Satu halaman ke atas</translation>
  </message>
  <message>
    <source>Page right</source>
    <translation>Satu halaman ke kanan</translation>
  </message>
  <message>
    <source>Page down</source>
    <translation>Satu halaman ke bawah</translation>
  </message>
  <message>
    <source>Scroll left</source>
    <translation>Gulung ke kiri</translation>
  </message>
  <message>
    <source>Scroll up</source>
    <translation>Gulung ke atas</translation>
  </message>
  <message>
    <source>Scroll right</source>
    <translation>Gulung ke kanan</translation>
  </message>
  <message>
    <source>Scroll down</source>
    <translation>Gulung ke bawah</translation>
  </message>
</context>
<context>
  <name>QTabBar</name>
  <message>
    <source>Scroll Left</source>
    <translation>Gulung ke kiri</translation>
  </message>
  <message>
    <source>Scroll Right</source>
    <translation>Gulung ke kanan</translation>
  </message>
</context>
<context>
  <name>QAccessibleActionInterface</name>
  <message>
    <source>Press</source>
    <translation>Tekan</translation>
  </message>
  <message>
    <source>Increase</source>
    <translation>Naikkan</translation>
  </message>
  <message>
    <source>Decrease</source>
    <translation>Turunkan</translation>
  </message>
  <message>
    <source>ShowMenu</source>
    <translation>Buka menu</translation>
  </message>
  <message>
    <source>SetFocus</source>
    <translation>Pindah ke sini</translation>
  </message>
  <message>
    <source>Toggle</source>
    <translation>Ubah</translation>
  </message>
  <message>
    <source>Triggers the action</source>
    <translation>Menjalankan perbuatan ini</translation>
  </message>
  <message>
    <source>Increase the value</source>
    <translation>Menaikkan nilai</translation>
  </message>
  <message>
    <source>Decrease the value</source>
    <translation>Menurunkan nilai</translation>
  </message>
  <message>
    <source>Shows the menu</source>
    <translation>Membuka menu</translation>
  </message>
  <message>
    <source>Sets the focus</source>
    <translation>Memindahkan fokus ke sini</translation>
  </message>
  <message>
    <source>Toggles the state</source>
    <translation>Mengubah keadaan</translation>
  </message>
  <message>
    <source>Scroll Left</source>
    <translation>Gulung ke kiri</translation>
  </message>
  <message>
    <source>Scroll Right</source>
    <translation>Gulung ke kanan</translation>
  </message>
  <message>
    <source>Scroll Up</source>
    <translation>Gulung ke atas</translation>
  </message>
  <message>
    <source>Scroll Down</source>
    <translation>Gulung ke bawah</translation>
  </message>
  <message>
    <source>Scrolls to the left</source>
    <translation>Menggulung ke kiri</translation>
  </message>
  <message>
    <source>Scrolls to the right</source>
    <translation>Menggulung ke kanan</translation>
  </message>
  <message>
    <source>Scrolls up</source>
    <translation>Menggulung ke atas</translation>
  </message>
  <message>
    <source>Scrolls down</source>
    <translation>Menggulung ke bawah</translation>
  </message>
  <message>
    <source>Previous Page</source>
    <translation>Halaman sebelumnya</translation>
  </message>
  <message>
    <source>Next Page</source>
    <translation>Halaman berikutnya</translation>
  </message>
  <message>
    <source>Goes back a page</source>
    <translation>Ke halaman sebelumnya</translation>
  </message>
  <message>
    <source>Goes to the next page</source>
    <translation>Ke halaman berikutnya</translation>
  </message>
</context>
<context>
  <name>QFileDialog</name>
  <message>
    <source>Look in:</source>
    <translation>Cari di:</translation>
  </message>
  <message>
    <source>&amp;Look in:</source>
    <translation>&amp;Cari di:</translation>
  </message>
  <message>
    <source>Find Directory</source>
    <translation>Cari folder</translation>
  </message>
  <message>
    <source>Open</source>
    <translation>Buka</translation>
  </message>
  <message>
    <source>Save As</source>
    <translation>Simpan sebagai</translation>
  </message>
  <message>
    <source>Directory:</source>
    <translation>Folder:</translation>
  </message>
  <message>
    <source>File &amp;name:</source>
    <translation>&amp;Nama berkas:</translation>
  </message>
  <message>
    <source>&amp;Open</source>
    <translation>&amp;Buka</translation>
  </message>
  <message>
    <source>&amp;Choose</source>
    <translation>&amp;Pilih</translation>
  </message>
  <message>
    <source>&amp;Save</source>
    <translation>&amp;Simpan</translation>
  </message>
  <message>
    <source>&amp;New Folder</source>
    <translation>Folder &amp;baru</translation>
  </message>
  <message>
    <source>New Folder</source>
    <translation>Folder baru</translation>
  </message>
  <message>
    <source>Create New Folder</source>
    <translation>Buat folder baru</translation>
  </message>
  <message>
    <source>Create a New Folder</source>
    <translation>Buat folder baru</translation>
  </message>
  <message>
    <source>&amp;Rename</source>
    <translation>&amp;Ganti nama</translation>
  </message>
  <message>
    <source>&amp;Delete</source>
    <translation>&amp;Hapus</translation>
  </message>
  <message>
    <source>Delete</source>
    <translation>Hapus</translation>
  </message>
  <message>
    <source>Remove</source>
    <translation>Keluarkan</translation>
  </message>
  <message>
    <source>Show </source>
    <translation>Tampilkan </translation>
  </message>
  <message>
    <source>Show &amp;hidden files</source>
    <translation>Tampilkan berkas tersem&amp;bunyi</translation>
  </message>
  <message>
    <source>Files of &amp;type:</source>
    <translation>&amp;Jenis berkas:</translation>
  </message>
  <message>
    <source>Files of type:</source>
    <translation>Jenis berkas:</translation>
  </message>
  <message>
    <source>All Files (*)</source>
    <translation>Semua berkas (*)</translation>
  </message>
  <message>
    <source>All files (*)</source>
    <translation>Semua berkas (*)</translation>
  </message>
  <message>
    <source>Files</source>
    <translation>Berkas</translation>
  </message>
  <message>
    <source>Directories</source>
    <translation>Folder</translation>
  </message>
  <message>
    <source>Back</source>
    <translation>Kembali</translation>
  </message>
  <message>
    <source>Go back</source>
    <translation>Kembali</translation>
  </message>
  <message>
    <source>Alt+Left</source>
    <translation>Alt+Left</translation>
  </message>
  <message>
    <source>Forward</source>
    <translation>Maju</translation>
  </message>
  <message>
    <source>Go forward</source>
    <translation>Maju</translation>
  </message>
  <message>
    <source>Alt+Right</source>
    <translation>Alt+Right</translation>
  </message>
  <message>
    <source>Alt+Up</source>
    <translation>Alt+Up</translation>
  </message>
  <message>
    <source>Parent Directory</source>
    <translation>Folder di atasnya</translation>
  </message>
  <message>
    <source>Go to the parent directory</source>
    <translation>Ke folder di atasnya</translation>
  </message>
  <message>
    <source>List View</source>
    <translation>Tampilan daftar</translation>
  </message>
  <message>
    <source>Change to list view mode</source>
    <translation>Tampilkan sebagai daftar</translation>
  </message>
  <message>
    <source>Detail View</source>
    <translation>Tampilan rinci</translation>
  </message>
  <message>
    <source>Change to detail view mode</source>
    <translation>Tampilkan dengan rincian</translation>
  </message>
  <message>
    <source>Sidebar</source>
    <translation>Bilah sisi</translation>
  </message>
  <message>
    <source>List of places and bookmarks</source>
    <translation>Daftar tempat dan penanda</translation>
  </message>
  <message>
    <source>Recent Places</source>
    <translation>Tempat terakhir</translation>
  </message>
  <message>
    <source>My Computer</source>
    <translation>Komputer ini</translation>
  </message>
  <message>
    <source>%1
Directory not found.
Please verify the correct directory name was given.</source>
    <translation>%1
Folder tidak ditemukan. Periksa namanya.</translation>
  </message>
  <message>
    <source>%1
File not found.
Please verify the correct file name was given.</source>
    <translation>%1
Berkas tidak ditemukan. Periksa namanya.</translation>
  </message>
  <message>
    <source>%1 already exists.
Do you want to replace it?</source>
    <translation>%1 sudah ada.
Diganti dengan yang baru?</translation>
  </message>
  <message>
    <source>'%1' is write protected.
Do you want to delete it anyway?</source>
    <translation>“%1” dilindungi dari perubahan.
Tetap dihapus?</translation>
  </message>
  <message>
    <source>Are you sure you want to delete '%1'?</source>
    <translation>“%1” benar akan dihapus?</translation>
  </message>
  <message>
    <source>Could not delete directory.</source>
    <translation>Folder tidak dapat dihapus.</translation>
  </message>
</context>
<context>
  <name>QFileSystemModel</name>
  <message>
    <source>Name</source>
    <translation>Nama</translation>
  </message>
  <message>
    <source>Size</source>
    <translation>Ukuran</translation>
  </message>
  <message>
    <source>Kind</source>
    <translation>Jenis</translation>
  </message>
  <message>
    <source>Type</source>
    <translation>Jenis</translation>
  </message>
  <message>
    <source>Date Modified</source>
    <translation>Diubah</translation>
  </message>
  <message>
    <source>My Computer</source>
    <translation>Komputer ini</translation>
  </message>
  <message>
    <source>Computer</source>
    <translation>Komputer</translation>
  </message>
  <message>
    <source>Invalid filename</source>
    <translation>Nama tidak sah</translation>
  </message>
  <message>
    <source>&lt;b&gt;The name "%1" cannot be used.&lt;/b&gt;&lt;p&gt;Try using another name, with fewer characters or no punctuation marks.</source>
    <translation>&lt;b&gt;Nama “%1” tidak dapat dipakai.&lt;/b&gt;&lt;p&gt;Pakai nama lain yang lebih pendek atau tanpa tanda baca.</translation>
  </message>
</context>
<context>
  <name>QAbstractFileIconProvider</name>
  <message>
    <source>Drive</source>
    <translation>Diska</translation>
  </message>
  <message>
    <source>File</source>
    <translation>Berkas</translation>
  </message>
  <message>
    <source>File Folder</source>
    <translation>Folder</translation>
  </message>
  <message>
    <source>Folder</source>
    <translation>Folder</translation>
  </message>
  <message>
    <source>Unknown</source>
    <translation>Tidak dikenal</translation>
  </message>
</context>
</TS>
