# Las preguntas de verificación y cómo responderlas.
challenges-day = Día
challenges-month = Mes
challenges-year = Año
challenges-choose = Elija una opción
challenges-month-name = { $month ->
    [1] enero
    [2] febrero
    [3] marzo
    [4] abril
    [5] mayo
    [6] junio
    [7] julio
    [8] agosto
    [9] septiembre
    [10] octubre
    [11] noviembre
   *[12] diciembre
}
challenges-birth-date = ¿Cuál es la fecha de nacimiento del representante legal?
challenges-birth-date-hint = Como consta en la cédula. Por ejemplo: 27 3 1980.
challenges-previous-address = ¿En cuál de estas calles vivió antes el representante legal?
challenges-previous-address-hint = Según el Registro Civil. Puede ser de hace varios años.
challenges-ruc-issue-date = ¿En qué fecha se emitió el RUC?
challenges-ruc-issue-date-hint = La fecha en que el SRI entregó el RUC. No es la fecha de inicio de actividades; en el certificado constan las dos.
challenges-incorporation-date = ¿En qué fecha se constituyó la compañía?
challenges-incorporation-date-hint = La fecha de constitución que consta en el SRI, no la del nombramiento del representante.
challenges-head-office-canton = ¿En qué cantón está el domicilio principal?
challenges-head-office-canton-hint = El de la matriz según el SRI, no el de una sucursal.
challenges-workers-in-month = ¿Cuántos trabajadores tenía registrados en { $month } de { $year }?
challenges-workers-in-month-hint = Según la planilla del IESS de ese mes. Solo el número.
challenges-debit-account = ¿De qué cuenta bancaria debita el IESS sus aportes?
challenges-debit-account-hint = Si cambió de cuenta hace poco, puede constar todavía la anterior.
challenges-bank = Banco
challenges-last-four = Últimos cuatro dígitos de la cuenta
challenges-last-four-wrong = Escriba exactamente cuatro números
challenges-number-wrong = Escriba un número entero, por ejemplo 12
challenges-error = Pregunta { $number }: { $message }
