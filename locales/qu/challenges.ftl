# Tapuykuna, imashina kutichinapash.
challenges-day = Puncha
challenges-month = Killa
challenges-year = Wata
challenges-choose = Shukta akllapay
challenges-month-name = { $month ->
    [1] kulla (enero)
    [2] panchi (febrero)
    [3] pawkar (marzo)
    [4] ayriwa (abril)
    [5] aymuray (mayo)
    [6] raymi (junio)
    [7] sitwa (julio)
    [8] karwa (agosto)
    [9] kuski (septiembre)
    [10] wayru (octubre)
    [11] sasi (noviembre)
   *[12] kapak (diciembre)
}
challenges-birth-date = ¿Representante legalka ima punchapitak wacharirka?
challenges-birth-date-hint = Cédulapi killkashka shina. Shinami: 27 3 1980.
challenges-birthplace = ¿Representante legalka ima kitipitak (cantón) wacharirka?
challenges-birthplace-hint = Registro Civilpi killkashka shina, kipa shuktak kitipi kawsashka kakpipash.
challenges-previous-address = ¿Representante legalka ñawpaka kay ñankunamanta maykanpitak kawsarka?
challenges-previous-address-hint = Registro Civilpi killkashka shina. Tawka watakuna yallishkapash kayta ushanmi.
challenges-marriage-date = ¿Representante legalka ima punchapitak sawarirka?
challenges-marriage-date-hint = Registro Civilpi killkashka sawarishka puncha; apunchik wasipi sawarishka punchaka manami.
challenges-ruc-issue-date = ¿RUC killkata ima punchapitak llukchirka?
challenges-ruc-issue-date-hint = SRI RUC killkata kushka punchami. Llamkayta kallarishka puncha (inicio de actividades) manami kanchu; certificadopika ishkantin punchami tiyan.
challenges-incorporation-date = ¿Compañía ima punchapitak wiñachishka karka?
challenges-incorporation-date-hint = SRIpi killkashka wiñachishka punchami (constitución); representanteta shutichishka puncha manami kanchu.
challenges-head-office-canton = ¿Hatun wasika (domicilio principal) ima kitipitak (cantón) kan?
challenges-head-office-canton-hint = SRIpi killkashka matriz wasimi; sucursal wasika manami.
challenges-main-activity = ¿Llamkachikpa hatun llamkayka (actividad principal) maykantak?
challenges-main-activity-hint = Matriz wasipak RUCpi killkashka. Ashtawan rikchakta akllapay.
challenges-first-worker-month = ¿Kallari llamkakta ima killapitak IESSpi killkachirka?
challenges-first-worker-month-hint = Kallari «aviso de entrada» killami, chay llamkak ña mana tiyakpipash. Shinami: 4 2012.
challenges-workers-in-month = ¿{ $year } watapi, { $month } killapi, mashna llamkakkunatak killkashka karka?
challenges-workers-in-month-hint = Chay killapa IESS planillapi killkashka shina. Yupayllata killkapay.
challenges-employer-previous-address = ¿Llamkachikka ñawpaka kay ñankunamanta maykanpitak karka?
challenges-employer-previous-address-hint = Kunan direccionta manarak charishpa, IESSpi puchukay charishka dirección.
challenges-branch-count = ¿Llamkachikka IESSpi mashna sucursaltatak charin?
challenges-branch-count-hint = Hatun sucursaltapash (0001) yupapay. Yupayllata killkapay.
challenges-employer-registration-date = ¿Llamkachikka ima punchapitak IESSpi killkachirirka?
challenges-employer-registration-date-hint = Registro patronal puncha; RUCta llukchishka punchaka manami.
challenges-debit-account = ¿IESS ima kullki wasi cuentamantatak aporte kullkita hapin?
challenges-debit-account-hint = Kunanlla cuentata shukyachishka kashpaka, ñawpa cuentarakmi killkashka kayta ushan; shinaka kutichiyka mana paktankachu.
challenges-appointment-date = ¿Representante legalta shutichishka killkaka (nombramiento) ima punchapitak killkashka karka?
challenges-appointment-date-hint = Kunan kawsak nombramientota killkachishka puncha; akllak tantanakuypa punchaka manami.
challenges-bank = Kullki wasi (banco)
challenges-last-four = Cuentapa puchukay chusku yupaykuna
challenges-last-four-wrong = Chusku yupayllata killkapay
challenges-number-wrong = Shuk pakta yupayta killkapay, shinami: 12
challenges-error = { $number } tapuy: { $message }
