"""The invented world of the practice office: given names, places, trades. Nobody real is meant."""

MEN = (
    "Agus", "Ahmad", "Anton", "Arif", "Asep", "Bagus", "Bambang", "Bayu", "Budi", "Cecep",
    "Dadang", "Dani", "Dedi", "Dimas", "Eko", "Fajar", "Farhan", "Galih", "Gilang", "Hadi",
    "Hendra", "Heru", "Iman", "Indra", "Irfan", "Iwan", "Jajang", "Joko", "Kurnia", "Lukman",
    "Maman", "Mulyadi", "Nanang", "Oman", "Pandu", "Rahmat", "Rian", "Rizal", "Rudi", "Slamet",
    "Sugeng", "Sutrisno", "Taufik", "Teguh", "Tono", "Ujang", "Wahyu", "Wawan", "Yanto", "Yusuf",
)  # fmt: skip
WOMEN = (
    "Aisyah", "Ani", "Anisa", "Ayu", "Cahya", "Dewi", "Diah", "Dina", "Endang", "Eni",
    "Euis", "Fatimah", "Fitri", "Hani", "Hesti", "Ida", "Iis", "Indah", "Intan", "Kartika",
    "Khadijah", "Laila", "Lestari", "Lilis", "Maya", "Mega", "Nabila", "Neneng", "Nia", "Nina",
    "Novi", "Nur", "Nurul", "Putri", "Rani", "Ratna", "Rina", "Rini", "Rohmah", "Sari",
    "Siti", "Sri", "Sumiati", "Tati", "Tini", "Titin", "Wati", "Wulan", "Yanti", "Yuni",
)  # fmt: skip
MEN_LAST = (
    "Firmansyah", "Gunawan", "Hakim", "Hartono", "Herlambang", "Hermawan", "Hidayat",
    "Kurniawan", "Kusnadi", "Mahendra", "Ma’ruf", "Maulana", "Nugraha", "Nugroho", "Permana",
    "Prakoso", "Prasetyo", "Pratama", "Purnama", "Rahardjo", "Ramadhan", "Saepudin", "Santoso",
    "Saputra", "Setiawan", "Sopandi", "Subagja", "Suhendar", "Supriatna", "Suryana", "Sutisna",
    "Wibowo", "Wijaya", "Yulianto", "Zakaria",
)  # fmt: skip
WOMEN_LAST = (
    "Agustina", "Amalia", "Andriani", "Anggraini", "Astuti", "Aulia", "Damayanti", "Fauziah",
    "Handayani", "Hasanah", "Herawati", "Indriani", "Komariah", "Kusumawardhani", "Maharani",
    "Marlina", "Maryam", "Mulyani", "Nuraeni", "Nurhayati", "Oktaviani", "Permatasari",
    "Puspitasari", "Rahayu", "Rahmawati", "Rohaeti", "Safitri", "Setiawati", "Solihat",
    "Sulastri", "Supriatin", "Susanti", "Utami", "Widianingsih", "Yuliani",
)  # fmt: skip

#: Invented villages of the invented office, and streets inside them.
VILLAGES = (
    "Sukamaju", "Mekarsari", "Sindanglaya", "Wanasari", "Tirtasari", "Karangindah", "Pasirhuni",
    "Bojongasri",
)  # fmt: skip
STREETS = (
    "Kampung Babakan", "Kampung Cikoneng", "Kampung Lebak", "Kampung Pasir", "Kampung Sawah Lega",
    "Jalan Merdeka No. 12", "Jalan Raya Sukamaju No. 45", "Jalan Melati No. 8", "Gang Mawar No. 3",
    "Jalan Irigasi No. 27", "Perumahan Griya Kencana Blok C No. 9", "Dusun Krajan",
    "Dusun Sumberrejo", "Jalan Pasar Lama No. 17",
)  # fmt: skip
BIRTHPLACES = (
    "Tirtakencana", "Tirtakencana", "Tirtakencana", "Tirtamulya", "Mekarbuana", "Wanajaya",
    "Argamakmur", "Sagarawangi",
)  # fmt: skip

#: Places people move to, come from, travel to: regency, province, district, village.
ELSEWHERE = (
    ("Kabupaten Tirtamulya", "Nusa Kencana", "Cibentang", "Sukarame"),
    ("Kabupaten Wanajaya", "Nusa Kencana", "Wanaraja", "Jatisari"),
    ("Kota Mekarbuana", "Nusa Kencana", "Mekarbuana Barat", "Cempaka"),
    ("Kabupaten Argamakmur", "Nusa Rahayu", "Gununghalu", "Karanglayung"),
    ("Kabupaten Sagarawangi", "Nusa Samudra", "Pantai Indah", "Muaraberes"),
)

#: Trades by the age they begin at; the last column says who follows them.
JOBS_MEN = (
    "Petani/pekebun", "Buruh harian lepas", "Wiraswasta", "Karyawan swasta", "Pedagang", "Sopir",
    "Tukang batu", "Tukang kayu", "Guru", "Perangkat desa", "Buruh tani/perkebunan", "Mekanik",
)  # fmt: skip
JOBS_WOMEN = (
    "Mengurus rumah tangga", "Mengurus rumah tangga", "Mengurus rumah tangga", "Pedagang",
    "Karyawan swasta", "Wiraswasta", "Guru", "Bidan", "Tukang jahit", "Buruh tani/perkebunan",
)  # fmt: skip
STUDENT, JOBLESS = "Pelajar/mahasiswa", "Belum/tidak bekerja"
RELIGIONS = ("Islam",) * 17 + ("Kristen", "Katolik", "Hindu")
SCHOOLS = ("SDN 2 Sukamaju", "SMPN 1 Sukamaju", "SMAN 1 Sukamaju", "SMK Bina Karya Mekarsari")
HOSPITALS = ("RSUD Tirtakencana", "Puskesmas Sukamaju", "RS Harapan Kencana")
