package updategateway.place;

import java.util.Arrays;
import java.util.List;

/**
 * The subdivisions of countries (ISO 3166-2). From the npm package iso-3166 4.4.0, MIT, (c) Titus
 * Wormer. As code, since a process that has just started looks up a few, and would read, unzip and
 * split all five thousand of a file for it.
 */
public final class Subdivisions {
  private Subdivisions() {}

  /** Whether there is one of this code, such as {@code UA-43}. */
  public static boolean contain(String code) {
    if (code.length() < 4 || code.charAt(2) != '-') {
      return false;
    }
    String parts = of(code.substring(0, 2));
    String part = code.substring(3);
    for (int at = parts.indexOf(part); at >= 0; at = parts.indexOf(part, at + 1)) {
      int end = at + part.length();
      boolean whole =
          (at == 0 || parts.charAt(at - 1) == ' ')
              && (end == parts.length() || parts.charAt(end) == ' ');
      if (whole) {
        return part.indexOf(' ') < 0;
      }
    }
    return false;
  }

  /** Their codes, those of a country; empty where it has none. */
  public static List<String> in(String country) {
    String parts = of(country);
    return parts.isEmpty()
        ? List.of()
        : Arrays.stream(parts.split(" ", -1)).map(part -> country + "-" + part).toList();
  }

  private static String of(String country) {
    return switch (country) {
      case "AD" -> "02 03 04 05 06 07 08";
      case "AE" -> "AJ AZ DU FU RK SH UQ";
      case "AF" ->
          "BAL BAM BDG BDS BGL DAY FRA FYB GHA GHO HEL HER JOW KAB KAN KAP KDZ KHO KNR LAG "
              + "LOG NAN NIM NUR PAN PAR PIA PKA SAM SAR TAK URU WAR ZAB";
      case "AG" -> "03 04 05 06 07 08 10 11";
      case "AL" -> "01 02 03 04 05 06 07 08 09 10 11 12";
      case "AM" -> "AG AR AV ER GR KT LO SH SU TV VD";
      case "AO" -> "BGO BGU BIE CAB CCU CNN CNO CUS HUA HUI LNO LSU LUA MAL MOX NAM UIG ZAI";
      case "AR" -> "A B C D E F G H J K L M N P Q R S T U V W X Y Z";
      case "AT" -> "1 2 3 4 5 6 7 8 9";
      case "AU" -> "ACT NSW NT QLD SA TAS VIC WA";
      case "AZ" ->
          "ABS AGA AGC AGM AGS AGU AST BA BAB BAL BAR BEY BIL CAB CAL CUL DAS FUZ GA GAD "
              + "GOR GOY GYG HAC IMI ISM KAL KAN KUR LA LAC LAN LER MAS MI NA NEF NV NX OGU ORD "
              + "QAB QAX QAZ QBA QBI QOB QUS SA SAB SAD SAH SAK SAL SAR SAT SBN SIY SKR SM SMI "
              + "SMX SR SUS TAR TOV UCA XA XAC XCI XIZ XVD YAR YE YEV ZAN ZAQ ZAR";
      case "BA" -> "BIH BRC SRP";
      case "BB" -> "01 02 03 04 05 06 07 08 09 10 11";
      case "BD" ->
          "01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 "
              + "28 29 30 31 32 33 34 35 36 37 38 39 40 41 42 43 44 45 46 47 48 49 50 51 52 53 54 "
              + "55 56 57 58 59 60 61 62 63 64 A B C D E F G H";
      case "BE" -> "BRU VAN VBR VLG VLI VOV VWV WAL WBR WHT WLG WLX WNA";
      case "BF" ->
          "01 02 03 04 05 06 07 08 09 10 11 12 13 BAL BAM BAN BAZ BGR BLG BLK COM GAN GNA "
              + "GOU HOU IOB KAD KEN KMD KMP KOP KOS KOT KOW LER LOR MOU NAM NAO NAY NOU OUB OUD "
              + "PAS PON SEN SIS SMT SNG SOM SOR TAP TUI YAG YAT ZIR ZON ZOU";
      case "BG" ->
          "01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 "
              + "28";
      case "BH" -> "13 14 15 17";
      case "BI" -> "BB BL BM BR CA CI GI KI KR KY MA MU MW MY NG RM RT RY";
      case "BJ" -> "AK AL AQ BO CO DO KO LI MO OU PL ZO";
      case "BN" -> "BE BM TE TU";
      case "BO" -> "B C H L N O P S T";
      case "BQ" -> "BO SA SE";
      case "BR" ->
          "AC AL AM AP BA CE DF ES GO MA MG MS MT PA PB PE PI PR RJ RN RO RR RS SC SE SP TO";
      case "BS" ->
          "AK BI BP BY CE CI CK CO CS EG EX FP GC HI HT IN LI MC MG MI NE NO NP NS RC RI SA "
              + "SE SO SS SW WG";
      case "BT" -> "11 12 13 14 15 21 22 23 24 31 32 33 34 41 42 43 44 45 GA TY";
      case "BW" -> "CE CH FR GA GH JW KG KL KW LO NE NW SE SO SP ST";
      case "BY" -> "BR HM HO HR MA MI VI";
      case "BZ" -> "BZ CY CZL OW SC TOL";
      case "CA" -> "AB BC MB NB NL NS NT NU ON PE QC SK YT";
      case "CD" -> "BC BU EQ HK HL HU IT KC KE KG KL KN KS LO LU MA MN MO NK NU SA SK SU TA TO TU";
      case "CF" -> "AC BB BGF BK HK HM HS KB KG LB MB MP NM OP SE UK VK";
      case "CG" -> "11 12 13 14 15 16 2 5 7 8 9 BZV";
      case "CH" -> "AG AI AR BE BL BS FR GE GL GR JU LU NE NW OW SG SH SO SZ TG TI UR VD VS ZG ZH";
      case "CI" -> "AB BS CM DN GD LC LG MG SM SV VB WR YM ZZ";
      case "CL" -> "AI AN AP AR AT BI CO LI LL LR MA ML NB RM TA VS";
      case "CM" -> "AD CE EN ES LT NO NW OU SU SW";
      case "CN" ->
          "AH BJ CQ FJ GD GS GX GZ HA HB HE HI HK HL HN JL JS JX LN MO NM NX QH SC SD SH SN "
              + "SX TJ TW XJ XZ YN ZJ";
      case "CO" ->
          "AMA ANT ARA ATL BOL BOY CAL CAQ CAS CAU CES CHO COR CUN DC GUA GUV HUI LAG MAG "
              + "MET NAR NSA PUT QUI RIS SAN SAP SUC TOL VAC VAU VID";
      case "CR" -> "A C G H L P SJ";
      case "CU" -> "01 03 04 05 06 07 08 09 10 11 12 13 14 15 16 99";
      case "CV" -> "B BR BV CA CF CR MA MO PA PN PR RB RG RS S SD SF SL SM SO SS SV TA TS";
      case "CY" -> "01 02 03 04 05 06";
      case "CZ" ->
          "10 20 201 202 203 204 205 206 207 208 209 20A 20B 20C 31 311 312 313 314 315 316 "
              + "317 32 321 322 323 324 325 326 327 41 411 412 413 42 421 422 423 424 425 426 427 "
              + "51 511 512 513 514 52 521 522 523 524 525 53 531 532 533 534 63 631 632 633 634 "
              + "635 64 641 642 643 644 645 646 647 71 711 712 713 714 715 72 721 722 723 724 80 "
              + "801 802 803 804 805 806";
      case "DE" -> "BB BE BW BY HB HE HH MV NI NW RP SH SL SN ST TH";
      case "DJ" -> "AR AS DI DJ OB TA";
      case "DK" -> "015 020 025 030 035 040 042 050 055 060 065 070 076 080 101 147 81 82 83 84 85";
      case "DM" -> "02 03 04 05 06 07 08 09 10 11";
      case "DO" ->
          "01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 "
              + "28 29 30 31 32 33 34 35 36 37 38 39 40 41 42";
      case "DZ" ->
          "01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 "
              + "28 29 30 31 32 33 34 35 36 37 38 39 40 41 42 43 44 45 46 47 48 49 50 51 52 53 54 "
              + "55 56 57 58";
      case "EC" -> "A B C D E F G H I L M N O P R S SD SE T U W X Y Z";
      case "EE" ->
          "130 141 142 171 184 191 198 205 214 245 247 251 255 272 283 284 291 293 296 303 "
              + "305 317 321 338 353 37 39 424 430 431 432 441 442 446 45 478 480 486 50 503 511 "
              + "514 52 528 557 56 567 586 60 615 618 622 624 638 64 651 653 661 663 668 68 689 "
              + "698 708 71 712 714 719 726 732 735 74 784 79 792 793 796 803 809 81 824 834 84 "
              + "855 87 890 897 899 901 903 907 917 919 928";
      case "EG" ->
          "ALX ASN AST BA BH BNS C DK DT FYM GH GZ IS JS KB KFS KN LX MN MNF MT PTS SHG SHR "
              + "SIN SUZ WAD";
      case "ER" -> "AN DK DU GB MA SK";
      case "ES" ->
          "A AB AL AN AR AS AV B BA BI BU C CA CB CC CE CL CM CN CO CR CS CT CU EX GA GC GI "
              + "GR GU H HU IB J L LE LO LU M MA MC MD ML MU NA NC O OR P PM PO PV RI S SA SE SG "
              + "SO SS T TE TF TO V VA VC VI Z ZA";
      case "ET" -> "AA AF AM BE DD GA HA OR SI SN SO SW TI";
      case "FI" -> "01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 19";
      case "FJ" -> "01 02 03 04 05 06 07 08 09 10 11 12 13 14 C E N R W";
      case "FM" -> "KSA PNI TRK YAP";
      case "FR" ->
          "01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 19 20R 21 22 23 24 25 26 "
              + "27 28 29 2A 2B 30 31 32 33 34 35 36 37 38 39 40 41 42 43 44 45 46 47 48 49 50 51 "
              + "52 53 54 55 56 57 58 59 60 61 62 63 64 65 66 67 68 69 69M 6AE 70 71 72 73 74 75C "
              + "76 77 78 79 80 81 82 83 84 85 86 87 88 89 90 91 92 93 94 95 971 972 973 974 976 "
              + "ARA BFC BL BRE CP CVL GES HDF IDF MF NAQ NC NOR OCC PAC PDL PF PM TF WF";
      case "GA" -> "1 2 3 4 5 6 7 8 9";
      case "GB" ->
          "ABC ABD ABE AGB AGY AND ANN ANS BAS BBD BCP BDF BDG BEN BEX BFS BGE BGW BIR BKM "
              + "BNE BNH BNS BOL BPL BRC BRD BRY BST BUR CAM CAY CBF CCG CGN CHE CHW CLD CLK CMA "
              + "CMD CMN CON COV CRF CRY CWY DAL DBY DEN DER DEV DGY DNC DND DOR DRS DUD DUR EAL "
              + "EAW EAY EDH EDU ELN ELS ENF ENG ERW ERY ESS ESX FAL FIF FLN FMO GAT GBN GLG GLS "
              + "GRE GWN HAL HAM HAV HCK HEF HIL HLD HMF HNS HPL HRT HRW HRY IOS IOW ISL IVC KEC "
              + "KEN KHL KIR KTT KWL LAN LBC LBH LCE LDS LEC LEW LIN LIV LND LUT MAN MDB MDW MEA "
              + "MIK MLN MON MRT MRY MTY MUL NAY NBL NEL NET NFK NGM NIR NLK NLN NMD NNH NSM NTL "
              + "NTT NTY NWM NWP NYK OLD ORK OXF PEM PKN PLY POR POW PTE RCC RCH RCT RDB RDG RFW "
              + "RIC ROT RUT SAW SAY SCB SCT SFK SFT SGC SHF SHN SHR SKP SLF SLG SLK SND SOL SOM "
              + "SOS SRY STE STG STH STN STS STT STY SWA SWD SWK TAM TFW THR TOB TOF TRF TWH UKM "
              + "VGL WAR WBK WDU WFT WGN WIL WKF WLL WLN WLS WLV WND WNH WNM WOK WOR WRL WRT WRX "
              + "WSM WSX YOR ZET";
      case "GD" -> "01 02 03 04 05 06 10";
      case "GE" -> "AB AJ GU IM KA KK MM RL SJ SK SZ TB";
      case "GH" -> "AA AF AH BA BE BO CP EP NE NP OT SV TV UE UW WN WP";
      case "GL" -> "AV KU QE QT SM";
      case "GM" -> "B L M N U W";
      case "GN" ->
          "B BE BF BK C CO D DB DI DL DU F FA FO FR GA GU K KA KB KD KE KN KO KS L LA LE LO "
              + "M MC MD ML MM N NZ PI SI TE TO YO";
      case "GQ" -> "AN BN BS C CS DJ I KN LI WN";
      case "GR" -> "69 A B C D E F G H I J K L M";
      case "GT" -> "01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 19 20 21 22";
      case "GW" -> "BA BL BM BS CA GA L N OI QU S TO";
      case "GY" -> "BA CU DE EB ES MA PM PT UD UT";
      case "HN" -> "AT CH CL CM CP CR EP FM GD IB IN LE LP OC OL SB VA YO";
      case "HR" -> "01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 19 20 21";
      case "HT" -> "AR CE GA ND NE NI NO OU SD SE";
      case "HU" ->
          "BA BC BE BK BU BZ CS DE DU EG ER FE GS GY HB HE HV JN KE KM KV MI NK NO NY PE PS "
              + "SD SF SH SK SN SO SS ST SZ TB TO VA VE VM ZA ZE";
      case "ID" ->
          "AC BA BB BE BT GO JA JB JI JK JT JW KA KB KI KR KS KT KU LA MA ML MU NB NT NU PA "
              + "PB PD PE PP PS PT RI SA SB SG SL SM SN SR SS ST SU YO";
      case "IE" ->
          "C CE CN CO CW D DL G KE KK KY L LD LH LK LM LS M MH MN MO OY RN SO TA U WD WH WW "
              + "WX";
      case "IL" -> "D HA JM M TA Z";
      case "IN" ->
          "AN AP AR AS BR CG CH DH DL GA GJ HP HR JH JK KA KL LA LD MH ML MN MP MZ NL OD PB "
              + "PY RJ SK TN TR TS UK UP WB";
      case "IQ" -> "AN AR BA BB BG DA DI DQ KA KI KR MA MU NA NI QA SD SU WA";
      case "IR" ->
          "00 01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 "
              + "27 28 29 30";
      case "IS" ->
          "1 2 3 4 5 6 7 8 AKN AKU ARN ASA BLA BOG BOL DAB DAV EOM EYF FJD FJL FLA FLR GAR "
              + "GOG GRN GRU GRY HAF HRG HRU HUG HUV HVA HVE ISA KAL KJO KOP LAN MOS MUL MYR NOR "
              + "RGE RGY RHH RKN RKV SBT SDN SDV SEL SFA SHF SKF SKG SKO SKR SNF SOG SOL SSS STR "
              + "STY SVG TAL THG TJO VEM VER VOP";
      case "IT" ->
          "21 23 25 32 34 36 42 45 52 55 57 62 65 67 72 75 77 78 82 88 AG AL AN AP AQ AR AT "
              + "AV BA BG BI BL BN BO BR BS BT BZ CA CB CE CH CL CN CO CR CS CT CZ EN FC FE FG FI "
              + "FM FR GE GO GR IM IS KR LC LE LI LO LT LU MB MC ME MI MN MO MS MT NA NO NU OR PA "
              + "PC PD PE PG PI PN PO PR PT PU PV PZ RA RC RE RG RI RM RN RO SA SI SO SP SR SS SU "
              + "SV TA TE TN TO TP TR TS TV UD VA VB VC VE VI VR VT VV";
      case "JM" -> "01 02 03 04 05 06 07 08 09 10 11 12 13 14";
      case "JO" -> "AJ AM AQ AT AZ BA IR JA KA MA MD MN";
      case "JP" ->
          "01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 "
              + "28 29 30 31 32 33 34 35 36 37 38 39 40 41 42 43 44 45 46 47";
      case "KE" ->
          "01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 "
              + "28 29 30 31 32 33 34 35 36 37 38 39 40 41 42 43 44 45 46 47";
      case "KG" -> "B C GB GO J N O T Y";
      case "KH" -> "1 10 11 12 13 14 15 16 17 18 19 2 20 21 22 23 24 25 3 4 5 6 7 8 9";
      case "KI" -> "G L P";
      case "KM" -> "A G M";
      case "KN" -> "01 02 03 04 05 06 07 08 09 10 11 12 13 15 K N";
      case "KP" -> "01 02 03 04 05 06 07 08 09 10 13 14 15";
      case "KR" -> "11 26 27 28 29 30 31 41 42 43 44 45 46 47 48 49 50";
      case "KW" -> "AH FA HA JA KU MU";
      case "KZ" -> "10 11 15 19 23 27 31 33 35 39 43 47 55 59 61 62 63 71 75 79";
      case "LA" -> "AT BK BL CH HO KH LM LP OU PH SL SV VI VT XA XE XI XS";
      case "LB" -> "AK AS BA BH BI JA JL NA";
      case "LC" -> "01 02 03 05 06 07 08 10 11 12";
      case "LI" -> "01 02 03 04 05 06 07 08 09 10 11";
      case "LK" ->
          "1 11 12 13 2 21 22 23 3 31 32 33 4 41 42 43 44 45 5 51 52 53 6 61 62 7 71 72 8 "
              + "81 82 9 91 92";
      case "LR" -> "BG BM CM GB GG GK GP LO MG MO MY NI RG RI SI";
      case "LS" -> "A B C D E F G H J K";
      case "LT" ->
          "01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 "
              + "28 29 30 31 32 33 34 35 36 37 38 39 40 41 42 43 44 45 46 47 48 49 50 51 52 53 54 "
              + "55 56 57 58 59 60 AL KL KU MR PN SA TA TE UT VL";
      case "LU" -> "CA CL D DI EC ES G GR L LU ME RD RM VD WI";
      case "LV" ->
          "002 007 011 015 016 022 026 033 041 042 047 050 052 054 056 058 059 062 067 068 "
              + "073 077 080 087 088 089 091 094 097 099 101 102 106 111 112 113 DGV JEL JUR LPX "
              + "REZ RIX VEN";
      case "LY" -> "BA BU DR GT JA JG JI JU KF MB MI MJ MQ NL NQ SB SR TB WA WD WS ZA";
      case "MA" ->
          "01 02 03 04 05 06 07 08 09 10 11 12 AGD AOU ASZ AZI BEM BER BES BOD BOM BRR CAS "
              + "CHE CHI CHT DRI ERR ESI ESM FAH FES FIG FQH GUE GUF HAJ HAO HOC IFR INE JDI JRA "
              + "KEN KES KHE KHN KHO LAA LAR MAR MDF MED MEK MID MOH MOU NAD NOU OUA OUD OUJ OUZ "
              + "RAB REH SAF SAL SEF SET SIB SIF SIK SIL SKH TAF TAI TAO TAR TAT TAZ TET TIN TIZ "
              + "TNG TNT YUS ZAG";
      case "MC" -> "CL CO FO GA JE LA MA MC MG MO MU PH SD SO SP SR VR";
      case "MD" ->
          "AN BA BD BR BS CA CL CM CR CS CT CU DO DR DU ED FA FL GA GL HI IA LE NI OC OR RE "
              + "RI SD SI SN SO ST SV TA TE UN";
      case "ME" -> "01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25";
      case "MG" -> "A D F M T U";
      case "MH" ->
          "ALK ALL ARN AUR EBO ENI JAB JAL KIL KWA L LAE LIB LIK MAJ MAL MEJ MIL NMK NMU "
              + "RON T UJA UTI WTH WTJ";
      case "MK" ->
          "101 102 103 104 105 106 107 108 109 201 202 203 204 205 206 207 208 209 210 211 "
              + "301 303 304 307 308 310 311 312 313 401 402 403 404 405 406 407 408 409 410 501 "
              + "502 503 504 505 506 507 508 509 601 602 603 604 605 606 607 608 609 701 702 703 "
              + "704 705 706 801 802 803 804 805 806 807 808 809 810 811 812 813 814 815 816 817";
      case "ML" -> "1 10 2 3 4 5 6 7 8 9 BKO";
      case "MM" -> "01 02 03 04 05 06 07 11 12 13 14 15 16 17 18";
      case "MN" ->
          "035 037 039 041 043 046 047 049 051 053 055 057 059 061 063 064 065 067 069 071 "
              + "073 1";
      case "MR" -> "01 02 03 04 05 06 07 08 09 10 11 12 13 14 15";
      case "MT" ->
          "01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 "
              + "28 29 30 31 32 33 34 35 36 37 38 39 40 41 42 43 44 45 46 47 48 49 50 51 52 53 54 "
              + "55 56 57 58 59 60 61 62 63 64 65 66 67 68";
      case "MU" -> "AG BL CC FL GP MO PA PL PW RO RR SA";
      case "MV" -> "00 01 02 03 04 05 07 08 12 13 14 17 20 23 24 25 26 27 28 29 MLE";
      case "MW" ->
          "BA BL C CK CR CT DE DO KR KS LI LK MC MG MH MU MW MZ N NB NE NI NK NS NU PH RU S "
              + "SA TH ZO";
      case "MX" ->
          "AGU BCN BCS CAM CHH CHP CMX COA COL DUR GRO GUA HID JAL MEX MIC MOR NAY NLE OAX "
              + "PUE QUE ROO SIN SLP SON TAB TAM TLA VER YUC ZAC";
      case "MY" -> "01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16";
      case "MZ" -> "A B G I L MPM N P Q S T";
      case "NA" -> "CA ER HA KA KE KH KU KW OD OH ON OS OT OW";
      case "NE" -> "1 2 3 4 5 6 7 8";
      case "NG" ->
          "AB AD AK AN BA BE BO BY CR DE EB ED EK EN FC GO IM JI KD KE KN KO KT KW LA NA NI "
              + "OG ON OS OY PL RI SO TA YO ZA";
      case "NI" -> "AN AS BO CA CI CO ES GR JI LE MD MN MS MT NS RI SJ";
      case "NL" -> "AW BQ1 BQ2 BQ3 CW DR FL FR GE GR LI NB NH OV SX UT ZE ZH";
      case "NO" -> "03 11 15 18 21 22 30 34 38 42 46 50 54";
      case "NP" -> "P1 P2 P3 P4 P5 P6 P7";
      case "NR" -> "01 02 03 04 05 06 07 08 09 10 11 12 13 14";
      case "NZ" -> "AUK BOP CAN CIT GIS HKB MBH MWT NSN NTL OTA STL TAS TKI WGN WKO WTC";
      case "OM" -> "BJ BS BU DA MA MU SJ SS WU ZA ZU";
      case "PA" -> "1 10 2 3 4 5 6 7 8 9 EM KY NB NT";
      case "PE" ->
          "AMA ANC APU ARE AYA CAJ CAL CUS HUC HUV ICA JUN LAL LAM LIM LMA LOR MDD MOQ PAS "
              + "PIU PUN SAM TAC TUM UCA";
      case "PG" ->
          "CPK CPM EBR EHG EPW ESW GPK HLA JWK MBA MPL MPM MRL NCD NIK NPP NSB SAN SHM WBK "
              + "WHM WPD";
      case "PH" ->
          "00 01 02 03 05 06 07 08 09 10 11 12 13 14 15 40 41 ABR AGN AGS AKL ALB ANT APA "
              + "AUR BAN BAS BEN BIL BOH BTG BTN BUK BUL CAG CAM CAN CAP CAS CAT CAV CEB COM DAO "
              + "DAS DAV DIN DVO EAS GUI IFU ILI ILN ILS ISA KAL LAG LAN LAS LEY LUN MAD MAS MDC "
              + "MDR MGN MGS MOU MSC MSR NCO NEC NER NSA NUE NUV PAM PAN PLW QUE QUI RIZ ROM SAR "
              + "SCO SIG SLE SLU SOR SUK SUN SUR TAR TAW WSA ZAN ZAS ZMB ZSI";
      case "PK" -> "BA GB IS JK KP PB SD TA";
      case "PL" -> "02 04 06 08 10 12 14 16 18 20 22 24 26 28 30 32";
      case "PS" -> "BTH DEB GZA HBN JEM JEN JRH KYS NBS NGZ QQA RBH RFH SLT TBS TKM";
      case "PT" -> "01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 20 30";
      case "PW" -> "002 004 010 050 100 150 212 214 218 222 224 226 227 228 350 370";
      case "PY" -> "1 10 11 12 13 14 15 16 19 2 3 4 5 6 7 8 9 ASU";
      case "QA" -> "DA KH MS RA SH US WA ZA";
      case "RO" ->
          "AB AG AR B BC BH BN BR BT BV BZ CJ CL CS CT CV DB DJ GJ GL GR HD HR IF IL IS MH "
              + "MM MS NT OT PH SB SJ SM SV TL TM TR VL VN VS";
      case "RS" ->
          "00 01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 "
              + "27 28 29 KM VO";
      case "RU" ->
          "AD AL ALT AMU ARK AST BA BEL BRY BU CE CHE CHU CU DA IN IRK IVA KAM KB KC KDA "
              + "KEM KGD KGN KHA KHM KIR KK KL KLU KO KOS KR KRS KYA LEN LIP MAG ME MO MOS MOW "
              + "MUR NEN NGR NIZ NVS OMS ORE ORL PER PNZ PRI PSK ROS RYA SA SAK SAM SAR SE SMO "
              + "SPE STA SVE TA TAM TOM TUL TVE TY TYU UD ULY VGG VLA VLG VOR YAN YAR YEV ZAB";
      case "RW" -> "01 02 03 04 05";
      case "SA" -> "01 02 03 04 05 06 07 08 09 10 11 12 14";
      case "SB" -> "CE CH CT GU IS MK ML RB TE WE";
      case "SC" ->
          "01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27";
      case "SD" -> "DC DE DN DS DW GD GK GZ KA KH KN KS NB NO NR NW RS SI";
      case "SE" -> "AB AC BD C D E F G H I K M N O S T U W X Y Z";
      case "SG" -> "01 02 03 04 05";
      case "SH" -> "AC HL TA";
      case "SI" ->
          "001 002 003 004 005 006 007 008 009 010 011 012 013 014 015 016 017 018 019 020 "
              + "021 022 023 024 025 026 027 028 029 030 031 032 033 034 035 036 037 038 039 040 "
              + "041 042 043 044 045 046 047 048 049 050 051 052 053 054 055 056 057 058 059 060 "
              + "061 062 063 064 065 066 067 068 069 070 071 072 073 074 075 076 077 078 079 080 "
              + "081 082 083 084 085 086 087 088 089 090 091 092 093 094 095 096 097 098 099 100 "
              + "101 102 103 104 105 106 107 108 109 110 111 112 113 114 115 116 117 118 119 120 "
              + "121 122 123 124 125 126 127 128 129 130 131 132 133 134 135 136 137 138 139 140 "
              + "141 142 143 144 146 147 148 149 150 151 152 153 154 155 156 157 158 159 160 161 "
              + "162 163 164 165 166 167 168 169 170 171 172 173 174 175 176 177 178 179 180 181 "
              + "182 183 184 185 186 187 188 189 190 191 192 193 194 195 196 197 198 199 200 201 "
              + "202 203 204 205 206 207 208 209 210 211 212 213";
      case "SK" -> "BC BL KI NI PV TA TC ZI";
      case "SL" -> "E N NW S W";
      case "SM" -> "01 02 03 04 05 06 07 08 09";
      case "SN" -> "DB DK FK KA KD KE KL LG MT SE SL TC TH ZG";
      case "SO" -> "AW BK BN BR BY GA GE HI JD JH MU NU SA SD SH SO TO WO";
      case "SR" -> "BR CM CR MA NI PM PR SA SI WA";
      case "SS" -> "BN BW EC EE EW JG LK NU UY WR";
      case "ST" -> "01 02 03 04 05 06 P";
      case "SV" -> "AH CA CH CU LI MO PA SA SM SO SS SV UN US";
      case "SY" -> "DI DR DY HA HI HL HM ID LA QU RA RD SU TA";
      case "SZ" -> "HH LU MA SH";
      case "TD" -> "BA BG BO CB EE EO GR HL KA LC LO LR MA MC ME MO ND OD SA SI TA TI WF";
      case "TG" -> "C K M P S";
      case "TH" ->
          "10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 30 31 32 33 34 35 36 37 38 "
              + "39 40 41 42 43 44 45 46 47 48 49 50 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 "
              + "67 70 71 72 73 74 75 76 77 80 81 82 83 84 85 86 90 91 92 93 94 95 96 S";
      case "TJ" -> "DU GB KT RA SU";
      case "TL" -> "AL AN BA BO CO DI ER LA LI MF MT OE VI";
      case "TM" -> "A B D L M S";
      case "TN" -> "11 12 13 14 21 22 23 31 32 33 34 41 42 43 51 52 53 61 71 72 73 81 82 83";
      case "TO" -> "01 02 03 04 05";
      case "TR" ->
          "01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 "
              + "28 29 30 31 32 33 34 35 36 37 38 39 40 41 42 43 44 45 46 47 48 49 50 51 52 53 54 "
              + "55 56 57 58 59 60 61 62 63 64 65 66 67 68 69 70 71 72 73 74 75 76 77 78 79 80 81";
      case "TT" -> "ARI CHA CTT DMN MRC PED POS PRT PTF SFO SGE SIP SJL TOB TUP";
      case "TV" -> "FUN NIT NKF NKL NMA NMG NUI VAI";
      case "TW" ->
          "CHA CYI CYQ HSQ HSZ HUA ILA KEE KHH KIN LIE MIA NAN NWT PEN PIF TAO TNN TPE TTT "
              + "TXG YUN";
      case "TZ" ->
          "01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 "
              + "28 29 30 31";
      case "UA" ->
          "05 07 09 12 14 18 21 23 26 30 32 35 40 43 46 48 51 53 56 59 61 63 65 68 71 74 77";
      case "UG" ->
          "101 102 103 104 105 106 107 108 109 110 111 112 113 114 115 116 117 118 119 120 "
              + "121 122 123 124 125 126 201 202 203 204 205 206 207 208 209 210 211 212 213 214 "
              + "215 216 217 218 219 220 221 222 223 224 225 226 227 228 229 230 231 232 233 234 "
              + "235 236 237 301 302 303 304 305 306 307 308 309 310 311 312 313 314 315 316 317 "
              + "318 319 320 321 322 323 324 325 326 327 328 329 330 331 332 333 334 335 336 337 "
              + "401 402 403 404 405 406 407 408 409 410 411 412 413 414 415 416 417 418 419 420 "
              + "421 422 423 424 425 426 427 428 429 430 431 432 433 434 435 C E N W";
      case "UM" -> "67 71 76 79 81 84 86 89 95";
      case "US" ->
          "AK AL AR AS AZ CA CO CT DC DE FL GA GU HI IA ID IL IN KS KY LA MA MD ME MI MN MO "
              + "MP MS MT NC ND NE NH NJ NM NV NY OH OK OR PA PR RI SC SD TN TX UM UT VA VI VT WA "
              + "WI WV WY";
      case "UY" -> "AR CA CL CO DU FD FS LA MA MO PA RN RO RV SA SJ SO TA TT";
      case "UZ" -> "AN BU FA JI NG NW QA QR SA SI SU TK TO XO";
      case "VC" -> "01 02 03 04 05 06";
      case "VE" -> "A B C D E F G H I J K L M N O P R S T U V W X Y Z";
      case "VN" ->
          "01 02 03 04 05 06 07 09 13 14 18 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 "
              + "36 37 39 40 41 43 44 45 46 47 49 50 51 52 53 54 55 56 57 58 59 61 63 66 67 68 69 "
              + "70 71 72 73 CT DN HN HP SG";
      case "VU" -> "MAP PAM SAM SEE TAE TOB";
      case "WF" -> "AL SG UV";
      case "WS" -> "AA AL AT FA GE GI PA SA TU VF VS";
      case "YE" -> "AB AD AM BA DA DH HD HJ HU IB JA LA MA MR MW RA SA SD SH SN SU TA";
      case "ZA" -> "EC FS GP KZN LP MP NC NW WC";
      case "ZM" -> "01 02 03 04 05 06 07 08 09 10";
      case "ZW" -> "BU HA MA MC ME MI MN MS MV MW";
      default -> "";
    };
  }
}
