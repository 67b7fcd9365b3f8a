//! Codes of languages (ISO 639), regions (ISO 3166) and scripts (ISO 15924), as facts: from
//! pycountry 26.2.16 (2026-02-16), which takes them from the iso-codes of the Debian project.
//!
//! Each list but the last is sorted, its entries of one length with a space behind each, so that it
//! is searched as it stands.

/// Three letters and the two that stand for the same language.
pub(super) const SHORTER: &str = "\
    aar=aa abk=ab afr=af aka=ak alb=sq amh=am ara=ar arg=an arm=hy asm=as ava=av \
    ave=ae aym=ay aze=az bak=ba bam=bm baq=eu bel=be ben=bn bis=bi bod=bo bos=bs \
    bre=br bul=bg bur=my cat=ca ces=cs cha=ch che=ce chi=zh chu=cu chv=cv cor=kw \
    cos=co cre=cr cym=cy cze=cs dan=da deu=de div=dv dut=nl dzo=dz ell=el eng=en \
    epo=eo est=et eus=eu ewe=ee fao=fo fas=fa fij=fj fin=fi fra=fr fre=fr fry=fy \
    ful=ff geo=ka ger=de gla=gd gle=ga glg=gl glv=gv gre=el grn=gn guj=gu hat=ht \
    hau=ha hbs=sh heb=he her=hz hin=hi hmo=ho hrv=hr hun=hu hye=hy ibo=ig ice=is \
    ido=io iii=ii iku=iu ile=ie ina=ia ind=id ipk=ik isl=is ita=it jav=jv jpn=ja \
    kal=kl kan=kn kas=ks kat=ka kau=kr kaz=kk khm=km kik=ki kin=rw kir=ky kom=kv \
    kon=kg kor=ko kua=kj kur=ku lao=lo lat=la lav=lv lim=li lin=ln lit=lt ltz=lb \
    lub=lu lug=lg mac=mk mah=mh mal=ml mao=mi mar=mr may=ms mkd=mk mlg=mg mlt=mt \
    mon=mn mri=mi msa=ms mya=my nau=na nav=nv nbl=nr nde=nd ndo=ng nep=ne nld=nl \
    nno=nn nob=nb nor=no nya=ny oci=oc oji=oj ori=or orm=om oss=os pan=pa per=fa \
    pli=pi pol=pl por=pt pus=ps que=qu roh=rm ron=ro rum=ro run=rn rus=ru sag=sg \
    san=sa sin=si slk=sk slo=sk slv=sl sme=se smo=sm sna=sn snd=sd som=so sot=st \
    spa=es sqi=sq srd=sc srp=sr ssw=ss sun=su swa=sw swe=sv tah=ty tam=ta tat=tt \
    tel=te tgk=tg tgl=tl tha=th tib=bo tir=ti ton=to tsn=tn tso=ts tuk=tk tur=tr \
    twi=tw uig=ug ukr=uk urd=ur uzb=uz ven=ve vie=vi vol=vo wel=cy wln=wa wol=wo \
    xho=xh yid=yi yor=yo zha=za zho=zh zul=zu \
    ";

/// Languages with two letters.
pub(super) const TWO: &str = "\
    aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy \
    da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht \
    hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky \
    la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny \
    oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr \
    ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi \
    yo za zh zu \
    ";

/// Regions of ISO 3166-1, two letters each.
pub(super) const REGIONS: &str = "\
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ \
    BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM \
    DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS \
    GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN \
    KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ \
    MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM \
    PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV \
    SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI \
    VN VU WF WS YE YT ZA ZM ZW \
    ";

/// Scripts of ISO 15924, four letters each.
pub(super) const SCRIPTS: &str = "\
    Adlm Afak Aghb Ahom Arab Aran Armi Armn Avst Bali Bamu Bass Batk Beng Berf Bhks Blis Bopo \
    Brah Brai Bugi Buhd Cakm Cans Cari Cham Cher Chis Chrs Cirt Copt Cpmn Cprt Cyrl Cyrs Deva \
    Diak Dogr Dsrt Dupl Egyd Egyh Egyp Elba Elym Ethi Gara Geok Geor Glag Gong Gonm Goth Gran \
    Grek Gujr Gukh Guru Hanb Hang Hani Hano Hans Hant Hatr Hebr Hira Hluw Hmng Hmnp Hntl Hrkt \
    Hung Inds Ital Jamo Java Jpan Jurc Kali Kana Kawi Khar Khmr Khoj Kitl Kits Knda Kore Kpel \
    Krai Kthi Lana Laoo Latf Latg Latn Leke Lepc Limb Lina Linb Lisu Loma Lyci Lydi Mahj Maka \
    Mand Mani Marc Maya Medf Mend Merc Mero Mlym Modi Mong Moon Mroo Mtei Mult Mymr Nagm Nand \
    Narb Nbat Newa Nkdb Nkgb Nkoo Nshu Ogam Olck Onao Orkh Orya Osge Osma Ougr Palm Pauc Pcun \
    Pelm Perm Phag Phli Phlp Phlv Phnx Piqd Plrd Prti Psin Qaaa Qabx Ranj Rjng Rohg Roro Runr \
    Samr Sara Sarb Saur Seal Sgnw Shaw Shrd Shui Sidd Sidt Sind Sinh Sogd Sogo Sora Soyo Sund \
    Sunu Sylo Syrc Syre Syrj Syrn Tagb Takr Tale Talu Taml Tang Tavt Tayo Telu Teng Tfng Tglg \
    Thaa Thai Tibt Tirh Tnsa Todr Tols Toto Tutg Ugar Vaii Visp Vith Wara Wcho Wole Xpeo Xsux \
    Yezi Yiii Zanb Zinh Zmth Zsye Zsym Zxxx Zyyy Zzzz \
    ";

/// Languages that have a code of three letters only: the first two letters, and behind the colon
/// each third one that there is.
pub(super) const THREE: &str = "\
    aa:abcdefghiklnopqstuwxz ab:abcdefghijlmnopqrstuvwxyz ac:abdefhiklmnpqrstuvwxyz \
    ad:abdefghijlnoqrstuwxyz ae:abcdeklmnqrsuwyz af:bdeghiknopstuz ag:abcdefghijklmnoqrstuvwxyz \
    ah:abghiklmnoprst ai:abcdefghijklmnopqrtwxy aj:aginsuwz ak:bcdefghijklmopqrstuvwxyz \
    al:acdefhijklmnopqrstuwxyz am:abcefgijklmnopqrstuvwxyz an:abcdefghijklmnopqrstuvwxyz \
    ao:abcdefgijklmnrstuxz ap:bcdefghijklmnopqrstuvwxyz aq:cdgkmnprtz ar:bcdehijklnopqrsuvwxyz \
    as:abcefghijklnopqrstuvwxyz at:abcdegijklmnopqrstuvwxyz au:abcdghijklmnopqrtuwxyz \
    av:bdiklmnostuv aw:abceghikmnorstuvwxy ax:begklmx ay:abcdeghiklnopqrstuz az:abdgjmnotz \
    ba:abcefghjlnoprsuvwxy bb:abcdefghijklmnopqrstuvwxy bc:abcdefghijklmnopqrstuvwyz \
    bd:abcdefghijklmnopqrstuvwxyz be:abcdefghijkmopqstuvwxyz bf:abcdefghijklmnopqrstuwxyz \
    bg:abcdefgijklnopqrstuvwxyz bh:abcdefghijlmnopqrstuvwxyz bi:abdefgklmnopqrtuvwxyz \
    bj:abcefghijklmnoprstuvwxyz bk:acdfghijklmnopqrstuvwxyz bl:abcdefhijklmnopqrstvwxyz \
    bm:abcdefghijklmnopqrstuvwxz bn:abcdefgijklmnopqrsuvwxyz bo:abefghijklmnopqrtuvwxyz \
    bp:acdeghijklmnopqrstuvwxyz bq:abcdfghijklmnopqrstuvwxyz br:abcdfghijklmnopqrstuvwxyz \
    bs:abcefghijklmnopqrstuvwxy bt:acdefghijmnopqrstuvwxyz bu:abcdefghijkmnopqstuvwxyz \
    bv:abcdefghijklmnopqrtuvwxyz bw:abcdefghijklmnopqrstuwxyz bx:abcdefghijklmnopqrsuvwz \
    by:abcdefghijklmnopqrstvwxz bz:abcdefghijklmnopqrstuvwxyz ca:abcdefghjklmnopqrsvwxyz \
    cb:bcdgijklnoqrstuvwy cc:cdeghjlmopr cd:aefhijmnorsyz ce:abgknty cf:adgm cg:acgk \
    ch:bcdfghjklmnopqrtwxyz ci:abcdehkmnprwy cj:aehikmnopsvy ck:bhlmnoqrstuvxyz \
    cl:acdehijklmostuwy cm:aegilmnorst cn:abcghiklopqrstuwx co:abcdefghjklmnopqtuvwxz \
    cp:abcginosuxy cq:d cr:abcdfghijklmnoqrstvwxyz cs:abcdefghijklmnopqrstvwxyz \
    ct:acdeghlmnopstuyz cu:abchijklopqrtuvwxy cv:gn cw:abdegt cx:h cy:abo cz:hknot \
    da:acdeghijklmoqrsuvwxz db:abdefgijlmnopqrtuvwy dc:cr dd:adegijnorsw de:cdefghilmnpqrsvz \
    dg:abcdeghiklnorstwxz dh:dgilmnorsuvwx di:abcdfghijklmnopqrsuwxyz dj:abcdefijkmnoruw dk:agkrsx \
    dl:gkmn dm:abcdefgklmorsuvwxy dn:adegijknortuvwy do:abcefhiklnopqrstvwxyz dp:p \
    dr:bcdegilnoqstuy ds:behiklnoqz dt:abdhikmnoprstuy du:abcefghiklmnopqrsuvwxyz dv:a dw:akrsuwyz \
    dy:abdgimnoruy dz:adegln ea:a eb:cgkoru ec:rsy ee:e ef:aei eg:almoy eh:su ei:ptv ej:a \
    ek:aegiklmopry el:ehikmoux em:abegikmnpqsuwxyz en:abcdfhlmnoqruvwx eo:t ep:i er:aghikorstw \
    es:eghiklmnoqsuy et:bchnorstuxz eu:d ev:ehn ew:o ex:t ey:ao ez:ae fa:abdfghijklmnprtuxyz fb:l \
    fc:s fe:r ff:im fg:r fi:aeflprtw fk:kv fl:ahilnry fm:pu fn:bgi fo:dimnrs fp:e fq:s \
    fr:cdkmopqrst fs:els fu:bcdefhijmnqrtuvy fv:r fw:ae ga:abcdefghijklmnopqrstuwxyz \
    gb:abdefghijklmnopqrsuvwxyz gc:cdeflnrt gd:abcdefghijklmnoqrstux ge:abcdfghijklqsvwxyz gf:kt \
    gg:abdegkltuw gh:acehklnorst gi:abcdeghilmnpqrstuwxyz gj:kmnru gk:adenopu gl:bcdhjkloruwy \
    gm:abdghlmnruvxyz gn:abcdeghijklmnoqrtuwz go:abcdefghijklmnopqrstuvwxyz gp:aen gq:ainru \
    gr:abcdghijmoqrstuvwxyz gs:eglmnopsw gt:au gu:abcdefghiklmnopqrstuwxz gv:acefjlmnoprsy \
    gw:abcdefgijmnrtuwx gx:x gy:abdefgilmnoryz gz:ain ha:abcdefghijklmnopqrsvwxyz hb:abnou hc:ah \
    hd:nsy he:adghim hg:mw hh:iry hi:abdfghijklortwx hj:i hk:aehkns hl:abdetu \
    hm:abcdefghijklmnpqrstuvwyz hn:adeghijmnosu ho:abcdehijlmoprstvwyz hp:os hr:acekmoptuwxz \
    hs:bhlns ht:iosux hu:bcdefghijklmopqrstuvwxyz hv:ceknv hw:aco hy:aw ia:inr ib:abdeghlmnruy \
    ic:ahlr id:abcdeirstu if:abefkmuy ig:beglmnosw ih:bipw ii:n ij:cejns ik:ehikloprstvwxz \
    il:abgikmopsuv im:ailnorsty in:bghjlmnopstz io:ruw ip:io iq:uw ir:ehiknruxy is:acdeghikmnortuv \
    it:bdeiklmorstvwxyz iu:m iv:bv iw:kmos ix:cl iy:aox iz:hmrz ja:abcdefhjklmnoqstuxyz \
    jb:eijkmnortuw jc:st jd:agt je:behiklnrtu jg:beko jh:is ji:abcdeghilmoqtuvy jj:er jk:amoprsu \
    jl:es jm:abcdilnrswx jn:adgijls jo:bdgrsw jp:ar jq:r jr:abrtu js:l ju:abcdhiklmnoprstuwy jv:dn \
    jw:i jy:aey ka:abcdefghijkmopqvwxy kb:abcdeghijklmnopqrstuvwxyz kc:abcdefghijklmnopqrstuvwxyz \
    kd:acdefghijklmnpqrtuwxyz ke:abcdefghijklmnopqrstuvwxyz kf:abcdefghijklmnopqrstuvwxyz \
    kg:abefgijklnopqrstuvwxy kh:abcdefghjklnopqrstuvwxyz ki:abcdefghijlmopqstuvwxyz \
    kj:abcdeghijklmnopqrstuvxyz kk:abcdefghijklmnopqrstuvwxyz kl:abcdefghijklmnopqrstuvwxyz \
    km:abcdefghijklmnopqrstuvwxyz kn:abcdefgijklmnopqrstuvwxyz ko:acdefghiklopqstuvwyz \
    kp:abcdefghijklmnoqrstuvwxyz kq:abcdefghijklmnopqrstuvwxyz kr:abcdefhijklnprstuvwxyz \
    ks:bcdefghijklmnopqrstuvwxyz kt:abcdefghijklmnopqstuvwxyz ku:bcdefghijklmnopqstuvwxyz \
    kv:abcdefghijklmnopqrtuvwxyz kw:abcdefghijklmnoprstuvwxyz kx:abcdfhijkmnopqrstvwxyz \
    ky:abcdefghijklmnopqrstuvwxyz kz:abcdefgiklmnopqrsuvwxyz la:abcdefghijlmnpqrsuwxyz \
    lb:bcefgijklmnoqrstuvwxyz lc:cdefhlmpqs ld:abdghijklmnopq le:abcdefhijklmnopqrstuvwxyz lf:an \
    lg:abghiklmnoqrstuz lh:ahilmnpstu li:abcdefghjklopqrsuvwxyz lj:aeilpwx lk:abcdehijlmnorstuy \
    ll:abcdefghijklmnpqsux lm:abcdefghijklnopqruvwxy ln:abdghijlmnsuwz \
    lo:abcefghijklmnopqrstuvwxyz lp:aenox lq:r lr:acegiklmnortvz ls:abcdehilmnoprstvwy lt:cghinosu \
    lu:acdefhijklmnopqrstuvwyz lv:aiklsu lw:aeghlmostuw lx:m ly:agn lz:hlnz ma:abdefgijkmnqstuvwxz \
    mb:abcdefhijklmnopqrstuvwxyz mc:abcdefghijklmnopqrstuvwxyz md:abcdefghijklmnpqrstuvwxyz \
    me:abcdefhijklmnopqrstuvwyz mf:abcdefghijklmnopqrstuvwxyz mg:abcdefghijklmnopqrstuvwyz \
    mh:abcdefgijklmnopqrstuwxyz mi:abcdefghijklmnopqrstuwxyz mj:bcdeghijklmnopqrstuvwxyz \
    mk:abcefgijklmnopqrstuvwxyz ml:abcefhijklmnopqrsuvwxz mm:abcdefghijklmnopqrtuvwxyz \
    mn:abcdefghijklmnpqrsuvwxyz mo:acdeghijkmopqrstuvwxyz mp:abcdeghijklmnopqrstuvwxyz \
    mq:abcefghijklmnopqrstuvwxyz mr:abcdefghjklmnopqrstuvwxyz ms:bcdefghijklmnopqrsuvwxyz \
    mt:abcdefghijklmnopqrstuvwxy mu:abcdeghijklmopqrstuvxyz mv:abdefghiklnopqrstuvwxyz \
    mw:abcefghiklmnopqrstuvwz mx:abcdefghijklmnopqrstuvwxyz my:bcefghjklmoprsuvwxyz \
    mz:abcdeghijklmnopqrstuvwxyz na:abcefgjklmnopqrstwxyz nb:abcdeghijkmnopqrstuvwy \
    nc:abcdefghijklmnoqrstuxz nd:abcdfghijklmnpqrstuvwxyz ne:abcdefghijkmnoqrstuvwxyz nf:adlru \
    ng:abcdeghijklmnpqrstuvwxyz nh:abcdefghikmnopqrtuvwxyz ni:abdefghijklmnoqrstuvwxyz \
    nj:abdhijlmnorstuxyz nk:abcdefghijkmnopqrstuvwxz nl:acegijklmoquvwxyz \
    nm:abcdefghijklmnopqrstuvwxyz nn:abcdefghijklmnpqrtuvwyz no:acdefghijklnpqstuvwyz \
    np:abghilnosuxy nq:gklmnoqty nr:abcefgiklmnprtuxz ns:abcdefghiklmnopqrstuvwxyz \
    nt:dgijkmopruwxyz nu:acdefghijklmnopqrstuvwxyz nv:hmo nw:abcegimorwxy nx:adegiklmnoqrx \
    ny:bcdefghijklmnopqrstuvwxy nz:abdikmrsuyz oa:ackrv ob:iklmortu oc:ahmou od:aktu of:osu \
    og:bcegou oh:tu oi:aen oj:bcgpsvw ok:abcdeghijklmnorsuvxz ol:adekmortu om:abcgiklnoprtuwxy \
    on:abegijknoprstuwx oo:dgnrs op:akmoty or:aceghnorstuvwxyz os:acinoptux ot:abdeiklmnqrstuwxyz \
    ou:abeim ov:d ow:il oy:bdmy oz:m pa:bcdefghiklmopqrsuvwxyz pb:bcefghilmnoprstuvy \
    pc:abcdefghijklmnpw pd:acinotu pe:abdefghijklmopqsvxyz pf:ael pg:adgiklnsuz \
    ph:adghjklmnoqrtuvw pi:abcdefghjlmnoprstuvwxyz pj:t pk:abcghnoprstu pl:abcdeghklnoqrstuvwyz \
    pm:abdefhijlmnoqrstwxyz pn:abcdeghijklmnopqrstuvwxyz po:cefghikmnopqstvwxy pp:eiklmnopqstu \
    pq:am pr:cdefghiklmnoqrstuwxz ps:acdeghilmnopqrstuwy pt:ahinopqrtuvwy pu:abcdefgijmopqrtuwxy \
    pw:abgimnorw px:m py:emnsuxy pz:ehn qu:abcdfghiklmnpqrsvwxyz qv:acehijlmnopswyz qw:achmst \
    qx:achlnopqrstuw qy:ap ra:abcdfghijklmnopqrstuvwxyz rb:bklp rc:f rd:b re:abegijlmnrsty \
    rg:aeknrsu rh:gp ri:abflmnrtu rj:gis rk:abhimtw rm:abcdefghiklmnopqstuvwxyz rn:bdglnprw \
    ro:bcdefglmopruw rp:nt rr:imot rs:bklmnw rt:chmsw ru:bcefghikopqtuyz rw:aklmor rx:dw ry:nsu \
    rz:h sa:abcdefhjkmoqrstuvwxyz sb:abcdefghijklmnopqrstuvwxyz sc:befghiklnopqstuvwx \
    sd:abcefghjklnopqrstuxz se:abcdefghijklnopqrstuvwyz sf:bemsw sg:abcdeghijkmprstuwxyz \
    sh:abcdeghijklmnopqrstuvwxyz si:abdefghijklmpqrsuvwxyz sj:abcdegklmnoprstuw \
    sk:abcdefghijmnopqrstuvwxyz sl:cdefghijlmnprstuwxyz sm:abcfghjklmnpqrstuvwxyz \
    sn:cefgijklmnopqrsuvwxyz so:abcdeghijklopqrsuvwxyz sp:bcdegiklmnopqrstuvxy sq:ahkmnoqrstux \
    sr:abcefghiklmnoqrstuvwxyz ss:bcdefghijklmnopqrstuvxyz st:abdefghijklmnopqrstuvwy \
    su:abcegijkoqrstvwxyz sv:abcekmsx sw:bcfghijklmnopqrstuvwxy sx:bcegklmnorsuw sy:abciklmnorswxy \
    sz:abceglnpsvwy ta:abcdefgjklnopqrsuvwxyz tb:acdefghijklmnoprstuvwxyz \
    tc:abcdefghiklmnopqstuwxyz td:abcdefghijklmnoqrstvxy te:abcdefghikmnopqrstuvwxyz tf:inort \
    tg:abcdefhijnopqrstuvwxyz th:defhiklmnpqrstuvyz ti:acfghijklmnopqstuvwxyz tj:agijlmnopsuw \
    tk:abdefglmnpqrstuvwxz tl:abcdfghijklmnopqrstuvxy tm:abcdefghijlmnoqrstuvwyz \
    tn:abcdghiklmnopqrstuvwxyz to:bcdfghijklmopqrsuvwxyz tp:acefgijklmnopqrtuvxyz tq:blmnopqrtuw \
    tr:abcdefghijlmnopqrstuvwxyz ts:abcdeghijklmpqrstuvwxyz tt:abcdefghijklmnopqrstuvwyz \
    tu:abcdefghijlmnoqsuvxyz tv:adeiklmnostuwxy tw:abcdefghlmnopqrtuwxy tx:abceghijmnoqrstuxy \
    ty:aehijlnprstuvxyz tz:ahjlmnox ua:mnr ub:ailruy ud:aegijlmu ue:s uf:i ug:abehnoy uh:an ui:sv \
    uj:i uk:aghiklpqsuvwy ul:abcefiklmnuwy um:abcdgimnoprsu un:adegikmnruxz uo:n up:iv \
    ur:abcefghiklmnoprtuvwxyz us:ahikpsu ut:aehpru uu:mru uv:ehl uw:a uy:a uz:ns \
    va:aefghijlmnoprsuvy vb:bk ve:cdlmopr vg:rt vi:cdfglnstv vj:k vk:ajklmnoptuz vl:ps \
    vm:abcdefghijklmpqrsuvwxyz vn:kmp vo:rt vr:aost vs:ilnv vt:o vu:mnt vw:a \
    wa:abcdefghijlmnopqrstuvwxyz wb:abefhijklmpqrstvw wc:ai wd:dgjktuy we:acdghimoprstuw wf:g \
    wg:abgiouy wh:agku wi:bcefghijklmnruvy wj:ai wk:abdlruwy wl:aceghiklmorsuvwxy \
    wm:abcdeghimnostwx wn:bcdegikmnopuwy wo:abcdefgikmnorswy wp:c wr:bghiklmnoprsuvwxyz \
    ws:agikrsuv wt:bfhikmw wu:abdhlmnrtuvxy ww:aborw wx:aw wy:bimnry xa:abcdegijklmnopqrstuvwy \
    xb:bcdegijmnoprwy xc:bceghlmnortuvwy xd:ackmoqy xe:bdglmprstu xf:a xg:abdfgilmruw xh:acdemrtuv \
    xi:bilnrsvy xj:bt xk:abcdefgijklnopqrstuvwxyz xl:abcdeginopsuy xm:abcdefghjklmnopqrstuvwxyz \
    xn:abghijkmnoqrstuyz xo:cdgikmnoprw xp:abcdefghijklmnopqrstuvwxyz xq:at xr:abdegimnrtuw \
    xs:abcdehijlmnopqruvy xt:abcdeghijlmnopqrstuvwy xu:abdgjlmnoprtu xv:einos xw:acdegjklortw \
    xx:bkmrt xy:abjklty xz:hmp ya:abcdefghijklmnopqrstuvwxyz yb:abehijklmnoxy yc:hlnpr yd:adegk \
    ye:aceijlrstuvy yg:ailmprsuw yh:adls yi:afghijklmnpqrstuvxz yk:aghiklmnortuy yl:abegilmnoruy \
    ym:bcdeghiklmnopqrsxz yn:abdegklnoqsu yo:bgiklmntxy yp:abghmnopz yr:abeklmnoswy ys:cdglmnoprsy \
    yt:alpwy yu:abcdefgijklmnpqrtwxyz yv:at yw:aglnqrtuw yx:aglmuy yy:ruz yz:gk \
    za:abcdefghijklmopqrstuvwxyz zb:aceltuw zc:adh zd:j ze:aghmn zg:abhmnr zh:bdinw zi:abklmnwz \
    zk:adghknoprtuvz zl:ajmnqu zm:abcdefghijklmnopqrstuvwxyz zn:aegks zo:chmoqrs \
    zp:abcdefghijklmnopqrstuvwxyz zq:e zr:agnops zs:aklmru zt:eglmnpqstuxy zu:hmny zw:a zx:x \
    zy:bgjnp zz:aj\
    ";
