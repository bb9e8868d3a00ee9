<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko_KR" sourcelanguage="en">
<context>
    <name>DangerOverlay</name>
    <message>
        <source>nerve?</source>
        <translation>신경?</translation>
    </message>
    <message>
        <source>vessel?</source>
        <translation>혈관?</translation>
    </message>
</context>
<context>
    <name>MuscleOverlay</name>
    <message>
        <source>muscle –: no two fasciae</source>
        <translation>근육 –: 두 근막이 보이지 않음</translation>
    </message>
</context>
<context>
    <name>OrientationOverlay</name>
    <message>
        <source>L</source>
        <translation>L</translation>
    </message>
    <message>
        <source>R</source>
        <translation>R</translation>
    </message>
</context>
<context>
    <name>PictureNotice</name>
    <message>
        <source>STALE – picture is %1 s old</source>
        <translation>오래된 영상 – %1초 전</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>연결 중…</translation>
    </message>
    <message>
        <source>Source lost</source>
        <translation>영상 원본 끊김</translation>
    </message>
    <message>
        <source>Source cannot be opened</source>
        <translation>영상 원본을 열 수 없음</translation>
    </message>
    <message>
        <source>No picture</source>
        <translation>영상 없음</translation>
    </message>
    <message>
        <source>FROZEN</source>
        <translation>정지됨</translation>
    </message>
    <message>
        <source>PAUSED</source>
        <translation>일시 정지</translation>
    </message>
    <message>
        <source>END OF RECORDING</source>
        <translation>녹화 끝</translation>
    </message>
    <message>
        <source>STALE – waiting for steady images</source>
        <translation>오래된 영상 – 영상이 안정되기를 기다리는 중</translation>
    </message>
</context>
<context>
    <name>PlaneOverlay</name>
    <message>
        <source>S</source>
        <translation>S</translation>
    </message>
    <message>
        <source>D</source>
        <translation>D</translation>
    </message>
    <message>
        <source>B</source>
        <translation>B</translation>
    </message>
</context>
<context>
    <name>PointsInSpace</name>
    <message>
        <source>No landmarks yet: with them the points stand here where they lie in this patient</source>
        <translation>아직 표지점이 없습니다. 표지점이 있으면 이 환자의 혈위 위치가 여기에 표시됩니다</translation>
    </message>
    <message>
        <source>No point is determined by these landmarks yet</source>
        <translation>이 표지점만으로는 아직 정해지는 혈위가 없습니다</translation>
    </message>
    <message>
        <source>sphere: 95 % of its error</source>
        <translation>구: 오차의 95 %</translation>
    </message>
    <message>
        <source>%1 points not determined yet</source>
        <translation>아직 정해지지 않은 혈위 %1개</translation>
    </message>
</context>
<context>
    <name>RulerOverlay</name>
    <message>
        <source> mm</source>
        <translation> mm</translation>
    </message>
    <message>
        <source> px</source>
        <translation> px</translation>
    </message>
</context>
<context>
    <name>SideOverlay</name>
    <message>
        <source>LEFT</source>
        <translation>왼쪽</translation>
    </message>
    <message>
        <source>RIGHT</source>
        <translation>오른쪽</translation>
    </message>
</context>
<context>
    <name>SpaceScene</name>
    <message>
        <source>grid %1 mm</source>
        <translation>격자 %1 mm</translation>
    </message>
    <message>
        <source>grid %1 px, no scale</source>
        <translation>격자 %1 px, 축척 없음</translation>
    </message>
    <message>
        <source>STALE</source>
        <translation>오래됨</translation>
    </message>
</context>
<context>
    <name>acuguide::ui</name>
    <message>
        <source>arm, front</source>
        <translation>팔, 앞</translation>
    </message>
    <message>
        <source>arm, back</source>
        <translation>팔, 뒤</translation>
    </message>
    <message>
        <source>leg, front</source>
        <translation>다리, 앞</translation>
    </message>
    <message>
        <source>leg, back</source>
        <translation>다리, 뒤</translation>
    </message>
    <message>
        <source>%1 (%2 to stay free)</source>
        <translation>%1 (%2 여유)</translation>
    </message>
    <message>
        <source>none drawn</source>
        <translation>그려진 것 없음</translation>
    </message>
    <message>
        <source>Target and way in</source>
        <translation>목표와 진입 경로</translation>
    </message>
    <message>
        <source>target</source>
        <translation>목표</translation>
    </message>
    <message>
        <source>within %1</source>
        <translation>%1 이내</translation>
    </message>
    <message>
        <source>entry</source>
        <translation>진입점</translation>
    </message>
    <message>
        <source>from the picture&apos;s left, %1 left of its centre line</source>
        <translation>영상 왼쪽에서, 중심선 왼쪽 %1</translation>
    </message>
    <message>
        <source>from the picture&apos;s right, %1 right of its centre line</source>
        <translation>영상 오른쪽에서, 중심선 오른쪽 %1</translation>
    </message>
    <message>
        <source>angle, way</source>
        <translation>각도, 경로</translation>
    </message>
    <message>
        <source>%1 to the probe face, %2 through tissue</source>
        <translation>탐촉자 면과 %1, 조직 내 %2</translation>
    </message>
    <message>
        <source>visibility</source>
        <translation>가시성</translation>
    </message>
    <message>
        <source>room</source>
        <translation>여유</translation>
    </message>
    <message>
        <source>%1 beyond the margin of %2</source>
        <translation>%2 안전 거리 밖 %1</translation>
    </message>
    <message>
        <source>instrument</source>
        <translation>침도</translation>
    </message>
    <message>
        <source>%1: %2 thick, blade %3, %4 long</source>
        <translation>%1: 굵기 %2, 날 %3, 길이 %4</translation>
    </message>
    <message>
        <source>depth limit</source>
        <translation>깊이 한계</translation>
    </message>
    <message>
        <source>none set</source>
        <translation>설정 안 됨</translation>
    </message>
    <message>
        <source>strokes</source>
        <translation>자침 횟수</translation>
    </message>
    <message>
        <source>at most %1</source>
        <translation>최대 %1</translation>
    </message>
    <message>
        <source>keep clear of</source>
        <translation>피할 것</translation>
    </message>
    <message>
        <source>atlas: avoid</source>
        <translation>도감: 피할 것</translation>
    </message>
    <message>
        <source>layers</source>
        <translation>층</translation>
    </message>
    <message>
        <source>skin, subcutis, deep fascia</source>
        <translation>피부, 피하, 깊은근막</translation>
    </message>
    <message>
        <source>Contraindications</source>
        <translation>금기</translation>
    </message>
    <message>
        <source>no</source>
        <translation>아니오</translation>
    </message>
    <message>
        <source>YES</source>
        <translation>예</translation>
    </message>
    <message>
        <source>asked</source>
        <translation>확인일</translation>
    </message>
    <message>
        <source>not yet</source>
        <translation>아직</translation>
    </message>
    <message>
        <source>LEFT</source>
        <translation>왼쪽</translation>
    </message>
    <message>
        <source>RIGHT</source>
        <translation>오른쪽</translation>
    </message>
    <message>
        <source>patient: ____________</source>
        <translation>환자: ____________</translation>
    </message>
    <message>
        <source>patient %1</source>
        <translation>환자 %1</translation>
    </message>
    <message>
        <source>Blade direction</source>
        <translation>날 방향</translation>
    </message>
    <message>
        <source>Why this way</source>
        <translation>이 경로인 이유</translation>
    </message>
    <message>
        <source>[U], [general knowledge]: no source was at hand.</source>
        <translation>[U], [general knowledge]: 출처가 없음.</translation>
    </message>
    <message>
        <source>not feasible</source>
        <translation>불가능</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::AlarmLine</name>
    <message>
        <source>Silence (A)</source>
        <translation>경보음 끄기 (A)</translation>
    </message>
    <message>
        <source>Silence the alarm sound for 2 minutes (A)</source>
        <translation>경보음을 2분 동안 끕니다 (A)</translation>
    </message>
    <message>
        <source>+%1 more</source>
        <translation>외 %1건</translation>
    </message>
    <message>
        <source>sound silenced %1</source>
        <translation>경보음 꺼짐 %1</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::AnalysisPanel</name>
    <message>
        <source>%1 other</source>
        <translation>기타 %1</translation>
    </message>
    <message>
        <source>none found</source>
        <translation>찾지 못함</translation>
    </message>
    <message>
        <source>imaging %1, tracking %2, guidance %3 ms</source>
        <translation>영상 %1, 추적 %2, 유도 %3 ms</translation>
    </message>
    <message>
        <source>Needle</source>
        <translation>침</translation>
    </message>
    <message>
        <source>Certainty</source>
        <translation>확신도</translation>
    </message>
    <message>
        <source>Angle</source>
        <translation>각도</translation>
    </message>
    <message>
        <source>Tip ±</source>
        <translation>침 끝 ±</translation>
    </message>
    <message>
        <source>Tip depth</source>
        <translation>침 끝 깊이</translation>
    </message>
    <message>
        <source>Fibres</source>
        <translation>근섬유</translation>
    </message>
    <message>
        <source>Beside</source>
        <translation>옆 편차</translation>
    </message>
    <message>
        <source>Angle error</source>
        <translation>각도 편차</translation>
    </message>
    <message>
        <source>Planes</source>
        <translation>조직층</translation>
    </message>
    <message>
        <source>Time taken</source>
        <translation>소요 시간</translation>
    </message>
    <message>
        <source>%1 px</source>
        <translation>%1 px</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::BenchReportPage</name>
    <message>
        <source>Accept</source>
        <translation>채택</translation>
    </message>
    <message>
        <source>Becomes the calibration in force; the one before is kept beside it</source>
        <translation>적용 중인 보정이 됩니다. 이전 것은 옆에 보관됩니다</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>거부</translation>
    </message>
    <message>
        <source>The calibration in force stays as it is</source>
        <translation>적용 중인 보정은 그대로 유지됩니다</translation>
    </message>
    <message>
        <source>Previous frame (Left)</source>
        <translation>이전 프레임(왼쪽 키)</translation>
    </message>
    <message>
        <source>Next frame (Right)</source>
        <translation>다음 프레임(오른쪽 키)</translation>
    </message>
    <message>
        <source>Each wire, mean and 95 % (mm)</source>
        <translation>와이어별 평균과 95 %(mm)</translation>
    </message>
    <message>
        <source>Frames to look at</source>
        <translation>살펴볼 프레임</translation>
    </message>
    <message>
        <source>Error over the picture, validation (mm)</source>
        <translation>영상 위치별 오차, 검증(mm)</translation>
    </message>
    <message>
        <source>✓ Usable</source>
        <translation>✓ 사용 가능</translation>
    </message>
    <message>
        <source>✗ Not usable</source>
        <translation>✗ 사용 불가</translation>
    </message>
    <message>
        <source>validation %1</source>
        <translation>검증 %1</translation>
    </message>
    <message>
        <source>calibration %1</source>
        <translation>보정 %1</translation>
    </message>
    <message>
        <source>%1 mm</source>
        <translation>%1 mm</translation>
    </message>
    <message>
        <source>Validation, frame %1</source>
        <translation>검증, 프레임 %1</translation>
    </message>
    <message>
        <source>Calibration, frame %1</source>
        <translation>보정, 프레임 %1</translation>
    </message>
    <message>
        <source>%1, left out: %2</source>
        <translation>%1, 제외됨: %2</translation>
    </message>
    <message>
        <source>%1: %2 mm, an outlier, not used</source>
        <translation>%1: %2 mm, 이상치, 사용 안 함</translation>
    </message>
    <message>
        <source>%1: %2 mm</source>
        <translation>%1: %2 mm</translation>
    </message>
    <message>
        <source>%1   cross: should be, circle: seen</source>
        <translation>%1   십자: 있어야 할 곳, 원: 보인 곳</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::BenchRunPage</name>
    <message>
        <source>Choose the phantom and two sweeps over it, or record them from a live source.
The wires found in each picture appear here.</source>
        <translation>팬텀과 두 번의 스캔을 고르거나 실시간 소스에서 녹화하십시오.
각 영상에서 찾은 와이어가 여기에 표시됩니다.</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>파일 선택</translation>
    </message>
    <message>
        <source>Sequences (*.mha *.mhd *.nrrd);;All files (*)</source>
        <translation>시퀀스 (*.mha *.mhd *.nrrd);;모든 파일 (*)</translation>
    </message>
    <message>
        <source>a file, or a live source to record</source>
        <translation>파일 또는 녹화할 실시간 소스</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>녹화</translation>
    </message>
    <message>
        <source>Records the live source named here, for example igtl://localhost:18944/Image</source>
        <translation>여기에 적은 실시간 소스를 녹화합니다. 예: igtl://localhost:18944/Image</translation>
    </message>
    <message>
        <source>Phantom: PLUS device set or phantom file</source>
        <translation>팬텀: PLUS 장치 파일 또는 팬텀 파일</translation>
    </message>
    <message>
        <source>Phantoms (*.xml *.json)</source>
        <translation>팬텀 (*.xml *.json)</translation>
    </message>
    <message>
        <source>Calibration sweep</source>
        <translation>보정 스캔</translation>
    </message>
    <message>
        <source>Validation sweep: a second one, to judge by</source>
        <translation>검증 스캔: 판정에 쓰는 두 번째 스캔</translation>
    </message>
    <message>
        <source>Goes into force as</source>
        <translation>적용 시 저장할 곳</translation>
    </message>
    <message>
        <source>Calibrations (*.json)</source>
        <translation>보정 (*.json)</translation>
    </message>
    <message>
        <source>Largest mean error accepted</source>
        <translation>허용하는 최대 평균 오차</translation>
    </message>
    <message>
        <source> mm</source>
        <translation> mm</translation>
    </message>
    <message>
        <source>Calibrate</source>
        <translation>보정 시작</translation>
    </message>
    <message>
        <source>Done recording</source>
        <translation>녹화 완료</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Every wire seen in %1 of %2 frames</source>
        <translation>%2개 프레임 중 %1개에서 모든 와이어가 보임</translation>
    </message>
    <message>
        <source>Last frame left out: %1</source>
        <translation>마지막으로 제외된 프레임: %1</translation>
    </message>
    <message>
        <source>Frame %1: %2 dots (circles) where wires should be (crosses)</source>
        <translation>프레임 %1: 점 %2개(원), 와이어가 있어야 할 곳(십자)</translation>
    </message>
    <message>
        <source>Frame %1 left out: %2</source>
        <translation>프레임 %1 제외됨: %2</translation>
    </message>
    <message>
        <source>Recording: %1 frames</source>
        <translation>녹화 중: %1 프레임</translation>
    </message>
    <message>
        <source>The phantom was read in %1 of %2 pictures looked at</source>
        <translation>살펴본 영상 %2개 중 %1개에서 팬텀을 읽음</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::BenchWindow</name>
    <message>
        <source>acuguide bench</source>
        <translation>acuguide 보정대</translation>
    </message>
    <message>
        <source>‹ Calibrations</source>
        <translation>‹ 보정 목록</translation>
    </message>
    <message>
        <source>Calibrations</source>
        <translation>보정 목록</translation>
    </message>
    <message>
        <source>New calibration: where the picture lies at the probe</source>
        <translation>새 보정: 프로브에 대한 영상의 위치</translation>
    </message>
    <message>
        <source>How it went</source>
        <translation>결과</translation>
    </message>
    <message>
        <source>Cancelled. Nothing was changed.</source>
        <translation>취소했습니다. 바뀐 것이 없습니다.</translation>
    </message>
    <message>
        <source>%1 is in force.</source>
        <translation>%1이(가) 적용되었습니다.</translation>
    </message>
    <message>
        <source>Rejected. The calibration in force stays as it was.</source>
        <translation>거부했습니다. 적용 중인 보정은 그대로입니다.</translation>
    </message>
    <message>
        <source>Folder of calibrations</source>
        <translation>보정 폴더</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::BladeDial</name>
    <message>
        <source>Direction of the blade&apos;s edge as on a clock; – when it is neither planned nor measured</source>
        <translation>칼날 방향(시계 방향); 계획도 측정도 없으면 –</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1시</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::CalibrationsPage</name>
    <message>
        <source>✓ usable</source>
        <translation>✓ 사용 가능</translation>
    </message>
    <message>
        <source>✗ not usable</source>
        <translation>✗ 사용 불가</translation>
    </message>
    <message>
        <source>◷ expired</source>
        <translation>◷ 기한 지남</translation>
    </message>
    <message>
        <source>! damaged</source>
        <translation>! 손상됨</translation>
    </message>
    <message>
        <source>picture at the probe</source>
        <translation>프로브의 영상</translation>
    </message>
    <message>
        <source>time lag</source>
        <translation>시간 지연</translation>
    </message>
    <message>
        <source>tool tip</source>
        <translation>도구 끝</translation>
    </message>
    <message>
        <source>landmarks</source>
        <translation>기준점</translation>
    </message>
    <message>
        <source>camera</source>
        <translation>카메라</translation>
    </message>
    <message>
        <source>pixel scale</source>
        <translation>픽셀 크기</translation>
    </message>
    <message>
        <source>today</source>
        <translation>오늘</translation>
    </message>
    <message>
        <source>%1 d</source>
        <translation>%1일</translation>
    </message>
    <message>
        <source>%1 months</source>
        <translation>%1개월</translation>
    </message>
    <message>
        <source>Made on %1</source>
        <translation>%1 작성</translation>
    </message>
    <message>
        <source>to be used until %1</source>
        <translation>%1까지 사용</translation>
    </message>
    <message>
        <source>probe %1</source>
        <translation>프로브 %1</translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation>폴더…</translation>
    </message>
    <message>
        <source>New calibration</source>
        <translation>새 보정</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>판정</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>What</source>
        <translation>대상</translation>
    </message>
    <message>
        <source>Probe</source>
        <translation>프로브</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>오차</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>경과</translation>
    </message>
    <message>
        <source>Open its report</source>
        <translation>보고서 열기</translation>
    </message>
    <message>
        <source>Repeat</source>
        <translation>반복</translation>
    </message>
    <message>
        <source>Calibrate again from the same files</source>
        <translation>같은 파일로 다시 보정</translation>
    </message>
    <message>
        <source>No calibration is here yet.</source>
        <translation>아직 보정이 없습니다.</translation>
    </message>
    <message>
        <source>%1 mm</source>
        <translation>%1 mm</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::CameraClicks</name>
    <message>
        <source>acuguide – landmarks in the camera&apos;s picture</source>
        <translation>acuguide – 카메라 영상의 표지점</translation>
    </message>
    <message>
        <source>No picture from the camera yet</source>
        <translation>아직 카메라 영상이 없습니다</translation>
    </message>
    <message>
        <source>Click it in the picture.</source>
        <translation>영상에서 클릭하십시오.</translation>
    </message>
    <message>
        <source>Seen once. Turn the camera or the limb, then click it again: it lies on the line.</source>
        <translation>한 번 보았습니다. 카메라나 팔다리를 돌린 뒤 다시 클릭하십시오. 표지점은 이 선 위에 있습니다.</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::ChecklistCard</name>
    <message>
        <source>No (N)</source>
        <translation>아니요 (N)</translation>
    </message>
    <message>
        <source>Yes (Y)</source>
        <translation>예 (Y)</translation>
    </message>
    <message>
        <source>Question before (Backspace)</source>
        <translation>앞의 질문 (Backspace)</translation>
    </message>
    <message>
        <source>Which side?</source>
        <translation>어느 쪽?</translation>
    </message>
    <message>
        <source>Contraindications</source>
        <translation>금기</translation>
    </message>
    <message>
        <source>Contraindications: %1 of %2</source>
        <translation>금기: %1/%2</translation>
    </message>
    <message>
        <source>Asked today: no contraindication.</source>
        <translation>오늘 물었음: 금기 없음.</translation>
    </message>
    <message>
        <source>Contraindicated: this plan must not be used.</source>
        <translation>금기: 이 계획은 쓸 수 없습니다.</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::ChecklistPanel</name>
    <message>
        <source>Local infection at the site?</source>
        <translation>시술 부위에 국소 감염이 있습니까?</translation>
    </message>
    <message>
        <source>Clotting disorder or anticoagulant (INR above 1.5)?</source>
        <translation>응고 장애나 항응고제 사용(INR 1.5 초과)이 있습니까?</translation>
    </message>
    <message>
        <source>Severe heart or lung disease?</source>
        <translation>중증 심장·폐 질환이 있습니까?</translation>
    </message>
    <message>
        <source>Pregnancy (LI4, SP6, BL60 at no time in it)?</source>
        <translation>임신 중입니까(LI4, SP6, BL60은 임신 중 항상 금지)?</translation>
    </message>
    <message>
        <source>Implant at the site?</source>
        <translation>시술 부위에 삽입물이 있습니까?</translation>
    </message>
    <message>
        <source>Metal allergy?</source>
        <translation>금속 알레르기가 있습니까?</translation>
    </message>
    <message>
        <source>Blood pressure or glucose out of control?</source>
        <translation>혈압이나 혈당이 조절되지 않습니까?</translation>
    </message>
    <message>
        <source>Patient unable to cooperate?</source>
        <translation>환자가 협조할 수 없습니까?</translation>
    </message>
    <message>
        <source>Acute phase of a cardiac or cerebrovascular event?</source>
        <translation>심장·뇌혈관 사건의 급성기입니까?</translation>
    </message>
    <message>
        <source>Contraindications</source>
        <translation>금기</translation>
    </message>
    <message>
        <source>No</source>
        <translation>아니오</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>예</translation>
    </message>
    <message>
        <source>Contraindicated: this plan must not be used.</source>
        <translation>금기: 이 계획을 사용하면 안 됩니다.</translation>
    </message>
    <message>
        <source>%1 is forbidden at any time in pregnancy.</source>
        <translation>%1은(는) 임신 중 항상 금지입니다.</translation>
    </message>
    <message>
        <source>Asked today: no contraindication.</source>
        <translation>오늘 확인: 금기 없음.</translation>
    </message>
    <message>
        <source>%1 of %2 still to be asked today.</source>
        <translation>오늘 확인할 항목이 %2개 중 %1개 남았습니다.</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::DangerBar</name>
    <message>
        <source>Distance to the nearest danger; the line stands at its safety margin</source>
        <translation>가장 가까운 위험 구역까지의 거리. 선은 안전 여유의 위치</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::DangerReadOut</name>
    <message>
        <source>Nearest danger</source>
        <translation>가장 가까운 위험 구조</translation>
    </message>
    <message>
        <source>! %1</source>
        <translation>! %1</translation>
    </message>
    <message>
        <source>No danger planned</source>
        <translation>계획된 위험 구역 없음</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::GuidanceSound</name>
    <message>
        <source>no audio device</source>
        <translation>오디오 장치 없음</translation>
    </message>
    <message>
        <source>sound failed</source>
        <translation>소리 오류</translation>
    </message>
    <message>
        <source>sound off (M)</source>
        <translation>소리 꺼짐 (M)</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::GuideWindow</name>
    <message>
        <source>acuguide – guide</source>
        <translation>acuguide – 유도</translation>
    </message>
    <message>
        <source>Freeze</source>
        <translation>정지</translation>
    </message>
    <message>
        <source>Freeze the picture and withhold guidance; again: live</source>
        <translation>영상을 정지하고 유도를 멈춥니다; 다시 누르면 실시간</translation>
    </message>
    <message>
        <source>Confirm target</source>
        <translation>목표 확정</translation>
    </message>
    <message>
        <source>The place clicked in the picture becomes the target</source>
        <translation>영상에서 클릭한 곳이 목표가 됩니다</translation>
    </message>
    <message>
        <source>Drop target</source>
        <translation>목표 취소</translation>
    </message>
    <message>
        <source>Forget the place clicked in the picture</source>
        <translation>영상에서 클릭한 곳을 버립니다</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>녹화</translation>
    </message>
    <message>
        <source>Record; again: stop</source>
        <translation>녹화; 다시 누르면 중지</translation>
    </message>
    <message>
        <source>Recording is not part of this build</source>
        <translation>이 빌드에는 녹화 기능이 없습니다</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>음소거</translation>
    </message>
    <message>
        <source>All sound off and on</source>
        <translation>모든 소리를 끄고 켭니다</translation>
    </message>
    <message>
        <source>Checklist</source>
        <translation>점검표</translation>
    </message>
    <message>
        <source>The plan window, with this picture</source>
        <translation>이 영상과 함께 계획 창</translation>
    </message>
    <message>
        <source>Edit plan</source>
        <translation>계획 편집</translation>
    </message>
    <message>
        <source>Bookmark</source>
        <translation>책갈피</translation>
    </message>
    <message>
        <source>Mark this moment of the recording</source>
        <translation>기록의 이 순간을 표시합니다</translation>
    </message>
    <message>
        <source>Marked</source>
        <translation>표시했습니다</translation>
    </message>
    <message>
        <source>Nothing is being recorded</source>
        <translation>기록 중이 아닙니다</translation>
    </message>
    <message>
        <source>Nerves and vessels</source>
        <translation>신경과 혈관</translation>
    </message>
    <message>
        <source>Look for possible nerves and vessels; again: not. Brings back dismissed ones</source>
        <translation>신경·혈관 가능 부위를 찾기, 다시 누르면 중지. 무시한 것을 되돌림</translation>
    </message>
    <message>
        <source>It is one</source>
        <translation>맞음</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>무시</translation>
    </message>
    <message>
        <source>It is no nerve or vessel: hidden while its tissue is carried</source>
        <translation>신경·혈관이 아님: 조직을 따라가는 동안 숨김</translation>
    </message>
    <message>
        <source>Looking for nerves and vessels</source>
        <translation>신경과 혈관을 찾는 중</translation>
    </message>
    <message>
        <source>Nobody looks for nerves and vessels now</source>
        <translation>지금은 신경과 혈관을 찾지 않음</translation>
    </message>
    <message>
        <source>Which one? Click the possible nerve or vessel first</source>
        <translation>어느 것입니까? 가능한 신경·혈관을 먼저 클릭하십시오</translation>
    </message>
    <message>
        <source>Load a plan first: what is confirmed becomes a danger zone of it</source>
        <translation>먼저 계획을 여십시오: 확인한 것은 그 위험 부위가 됩니다</translation>
    </message>
    <message>
        <source>confirmed nerve</source>
        <translation>확인된 신경</translation>
    </message>
    <message>
        <source>confirmed vessel</source>
        <translation>확인된 혈관</translation>
    </message>
    <message>
        <source>Scale unknown: a danger zone needs one</source>
        <translation>배율을 모름: 위험 부위에는 배율이 필요합니다</translation>
    </message>
    <message>
        <source>Danger zone of the plan now; Ctrl+Z takes it back</source>
        <translation>이제 계획의 위험 부위입니다. Ctrl+Z로 되돌림</translation>
    </message>
    <message>
        <source>Contraindications, to be asked for before a plan is used; again: away</source>
        <translation>금기, 계획을 쓰기 전에 물어야 함; 다시: 닫기</translation>
    </message>
    <message>
        <source>No target here: it lies outside the imaging region</source>
        <translation>여기에는 목표를 둘 수 없음: 영상 영역 밖</translation>
    </message>
    <message>
        <source>Picture only</source>
        <translation>영상만</translation>
    </message>
    <message>
        <source>The picture alone, with state, distance and nearest danger in it; again: with the panel</source>
        <translation>영상만 표시하고 상태, 거리, 가장 가까운 위험을 그 안에 표시. 다시 누르면 패널과 함께</translation>
    </message>
    <message>
        <source>3D view</source>
        <translation>3D 보기</translation>
    </message>
    <message>
        <source>Probe, image and needle in space, in the panel; again: away</source>
        <translation>패널에 탐촉자, 영상, 침의 공간 위치를 표시. 다시 누르면 숨김</translation>
    </message>
    <message>
        <source>Snapshot</source>
        <translation>스냅숏</translation>
    </message>
    <message>
        <source>Confirm</source>
        <translation>확인</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>열기</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>계획</translation>
    </message>
    <message>
        <source>Overlays</source>
        <translation>표시</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>영상</translation>
    </message>
    <message>
        <source>Screen</source>
        <translation>화면</translation>
    </message>
    <message>
        <source>Replay</source>
        <translation>재생</translation>
    </message>
    <message>
        <source>Recording of %1 saved</source>
        <translation>%1 녹화를 저장했습니다</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>보고서</translation>
    </message>
    <message>
        <source>Report saved as %1</source>
        <translation>보고서를 %1(으)로 저장했습니다</translation>
    </message>
    <message>
        <source>Writing the report…</source>
        <translation>보고서 작성 중…</translation>
    </message>
    <message>
        <source>Asked today: no contraindication.</source>
        <translation>오늘 물었음: 금기 없음.</translation>
    </message>
    <message>
        <source>The possible nerve or vessel becomes a danger zone of the plan and stops; to a question: yes</source>
        <translation>가능한 신경이나 혈관이 계획의 위험 구역이 되어 멈춥니다; 질문에는: 예</translation>
    </message>
    <message>
        <source>Next point</source>
        <translation>다음 혈</translation>
    </message>
    <message>
        <source>This point is done: on to the next; to a question: no</source>
        <translation>이 혈은 끝: 다음으로; 질문에는: 아니요</translation>
    </message>
    <message>
        <source>Point before</source>
        <translation>앞의 혈</translation>
    </message>
    <message>
        <source>Back to the point before</source>
        <translation>앞의 혈로 돌아갑니다</translation>
    </message>
    <message>
        <source>Question before</source>
        <translation>앞의 질문</translation>
    </message>
    <message>
        <source>The question before, to answer it again</source>
        <translation>앞의 질문에 다시 답합니다</translation>
    </message>
    <message>
        <source>Sitting…</source>
        <translation>치료…</translation>
    </message>
    <message>
        <source>Patient, side and points of a sitting</source>
        <translation>치료의 환자, 좌우와 혈</translation>
    </message>
    <message>
        <source>Dismissed: hidden while its tissue is carried; V twice brings it back</source>
        <translation>제외함: 조직을 따라가는 동안 숨깁니다; V를 두 번 누르면 다시 나옵니다</translation>
    </message>
    <message>
        <source>LEFT</source>
        <translation>왼쪽</translation>
    </message>
    <message>
        <source>RIGHT</source>
        <translation>오른쪽</translation>
    </message>
    <message>
        <source>%1 is planned on the %2, and the affected side of %3 is the %4. Treat the %2 side?</source>
        <translation>%1 계획은 %2이고 %3의 환측은 %4입니다. %2을 치료합니까?</translation>
    </message>
    <message>
        <source>Not this side: choose the points again</source>
        <translation>이쪽이 아님: 혈을 다시 고르십시오</translation>
    </message>
    <message>
        <source>Points</source>
        <translation>혈</translation>
    </message>
    <message>
        <source>Now %1</source>
        <translation>지금 %1</translation>
    </message>
    <message>
        <source>That plan was made for %1; it is %2&apos;s now</source>
        <translation>그 계획은 %1의 것이었고 지금은 %2의 것입니다</translation>
    </message>
    <message>
        <source>Recording: stop it first (R), then go on</source>
        <translation>녹화 중: 먼저 멈추고 (R) 계속하십시오</translation>
    </message>
    <message>
        <source>All points of %1 are done</source>
        <translation>%1의 혈을 모두 마쳤습니다</translation>
    </message>
    <message>
        <source>Next patient</source>
        <translation>다음 환자</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::HelpDialog</name>
    <message>
        <source>Help</source>
        <translation>도움말</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>키</translation>
    </message>
    <message>
        <source>What the picture shows</source>
        <translation>영상이 보여 주는 것</translation>
    </message>
    <message>
        <source>What this is</source>
        <translation>이 소프트웨어에 대하여</translation>
    </message>
    <message>
        <source>acuguide %1, %2 licence</source>
        <translation>acuguide %1, %2 라이선스</translation>
    </message>
    <message>
        <source>&lt;p&gt;Frame round the picture and word beside it: cyan approach, green on course, yellow off course, red stop.&lt;/p&gt;&lt;p&gt;Needle: solid when seen, dashed when predicted, absent when lost. The circle at its tip is as large as the tip is uncertain. Blue bars behind it, or a ring with a dot: how the blade&apos;s edge has to lie. Target: cross in a ring. Corridor: pair of thin lines. Tissue planes: thin curves with a letter (S superficial, D deep aponeurosis, B bone). Dangers: hatched, with a name, and “?” when found by software. Dashed and not hatched, “nerve?” or “vessel?”: found by a network that is often wrong; a click on it, or Y and D, says whether it is one.&lt;/p&gt;&lt;p&gt;A click in the picture proposes a target there; Enter confirms it, Esc drops it, Ctrl+Z takes it back.&lt;/p&gt;&lt;p&gt;“–” is unknown. Lengths are in px while the size of a pixel is not known.&lt;/p&gt;</source>
        <translation>&lt;p&gt;영상 둘레의 테두리와 옆의 글자: 청록은 접근, 초록은 방향 맞음, 노랑은 벗어남, 빨강은 멈춤.&lt;/p&gt;&lt;p&gt;침: 보이면 실선, 예측이면 점선, 놓치면 그리지 않습니다. 침 끝의 원은 침 끝 위치의 불확실한 정도만큼 큽니다. 침 끝 뒤의 파란 짧은 줄이나 점이 든 고리: 날이 놓여야 할 방향. 목표: 고리 안의 십자. 통로: 가는 두 줄. 조직층: 글자가 붙은 가는 곡선(S 표층 건막, D 심층 건막, B 뼈). 위험 구조: 이름이 있는 빗금, 소프트웨어가 찾은 것은 “?”. 빗금 없는 점선에 “신경?” 또는 “혈관?”: 자주 틀리는 신경망이 찾은 것. 클릭하거나 Y와 D로 맞는지 답합니다.&lt;/p&gt;&lt;p&gt;영상을 클릭하면 그곳을 목표로 제안합니다. Enter 확정, Esc 취소, Ctrl+Z 되돌리기.&lt;/p&gt;&lt;p&gt;“–”는 알 수 없음입니다. 픽셀 크기를 모르면 길이는 px입니다.&lt;/p&gt;</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::HintGlyphView</name>
    <message>
        <source>The needle as it lies in the image; dashed: as it has to lie</source>
        <translation>영상에 놓인 침; 점선: 놓여야 할 자리</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::InsertionList</name>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Insertion %1: %2 to %3</source>
        <translation>자입 %1: %2 – %3</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::InstrumentWindow</name>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>열기…</translation>
    </message>
    <message>
        <source>Open a source: device, recording, scanner, simulator</source>
        <translation>영상 원본 열기: 장치, 녹화, 초음파기, 시뮬레이터</translation>
    </message>
    <message>
        <source>Plan…</source>
        <translation>계획…</translation>
    </message>
    <message>
        <source>Load a plan</source>
        <translation>계획 불러오기</translation>
    </message>
    <message>
        <source>Save plan…</source>
        <translation>계획 저장…</translation>
    </message>
    <message>
        <source>Save the plan as it is now</source>
        <translation>지금 계획을 저장합니다</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>되돌리기</translation>
    </message>
    <message>
        <source>Take back the last change of plan or target</source>
        <translation>계획이나 목표의 마지막 변경을 되돌립니다</translation>
    </message>
    <message>
        <source>Snapshot</source>
        <translation>스냅숏</translation>
    </message>
    <message>
        <source>Save the picture, with overlays and as it came in</source>
        <translation>영상을 표시와 함께, 그리고 원본대로 저장합니다</translation>
    </message>
    <message>
        <source>Silence alarm</source>
        <translation>경보음 끄기</translation>
    </message>
    <message>
        <source>Silence the alarm sound for 2 minutes</source>
        <translation>경보음을 2분 동안 끕니다</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>전체 화면</translation>
    </message>
    <message>
        <source>Full screen and back</source>
        <translation>전체 화면 전환</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>도움말</translation>
    </message>
    <message>
        <source>Keys, meaning of lines and colours, about</source>
        <translation>키, 선과 색의 뜻, 정보</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>끝내기</translation>
    </message>
    <message>
        <source>End the program</source>
        <translation>프로그램을 끝냅니다</translation>
    </message>
    <message>
        <source>Recent sources</source>
        <translation>최근 영상 원본</translation>
    </message>
    <message>
        <source>Recent plans</source>
        <translation>최근 계획</translation>
    </message>
    <message>
        <source>Overlays</source>
        <translation>표시</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>메뉴</translation>
    </message>
    <message>
        <source>Plans (*.json)</source>
        <translation>계획 (*.json)</translation>
    </message>
    <message>
        <source>Save the plan</source>
        <translation>계획 저장</translation>
    </message>
    <message>
        <source>Saved %1</source>
        <translation>저장함: %1</translation>
    </message>
    <message>
        <source>%1: median %2 ms, p95 %3 ms, max %4 ms</source>
        <translation>%1: 중앙값 %2 ms, p95 %3 ms, 최대 %4 ms</translation>
    </message>
    <message>
        <source>Age of the picture on the screen</source>
        <translation>화면에 보이는 영상의 지연</translation>
    </message>
    <message>
        <source>decoding</source>
        <translation>복호</translation>
    </message>
    <message>
        <source>imaging</source>
        <translation>영상 분석</translation>
    </message>
    <message>
        <source>tracking</source>
        <translation>추적</translation>
    </message>
    <message>
        <source>guidance</source>
        <translation>유도</translation>
    </message>
    <message>
        <source>frame to screen</source>
        <translation>프레임에서 화면까지</translation>
    </message>
    <message>
        <source>Whole screen</source>
        <translation>전체 화면 영상</translation>
    </message>
    <message>
        <source>The whole screen that the source gives; again: its imaging region</source>
        <translation>신호원이 보내는 화면 전체. 다시 누르면 영상 영역만</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::LandmarkWindow</name>
    <message>
        <source>acuguide – landmarks</source>
        <translation>acuguide – 표지점</translation>
    </message>
    <message>
        <source>Touched (Enter)</source>
        <translation>접촉함 (Enter)</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>지우기</translation>
    </message>
    <message>
        <source>pivot calibration of the stylus (JSON)</source>
        <translation>스타일러스 끝 보정 결과 (JSON)</translation>
    </message>
    <message>
        <source>Listen to the tracker</source>
        <translation>추적기 연결</translation>
    </message>
    <message>
        <source>Measured with a tape</source>
        <translation>줄자로 측정</translation>
    </message>
    <message>
        <source>Load…</source>
        <translation>불러오기…</translation>
    </message>
    <message>
        <source>Landmarks</source>
        <translation>표지점</translation>
    </message>
    <message>
        <source>Landmarks (*.json)</source>
        <translation>표지점 (*.json)</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>저장…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>not touched</source>
        <translation>접촉하지 않음</translation>
    </message>
    <message>
        <source>To touch landmarks, name the tracker that sees the stylus.</source>
        <translation>표지점을 짚으려면 스타일러스를 보는 추적기를 지정하십시오.</translation>
    </message>
    <message>
        <source>Click in the camera&apos;s picture…</source>
        <translation>카메라 영상에서 클릭…</translation>
    </message>
    <message>
        <source>Where the tracker is a camera: click each landmark from two sides</source>
        <translation>추적기가 카메라일 때: 각 표지점을 두 방향에서 클릭합니다</translation>
    </message>
    <message>
        <source>%1 taken, within %2 mm.</source>
        <translation>%1 기록됨, 오차 %2 mm 이내.</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::MetricsPanel</name>
    <message>
        <source>Time</source>
        <translation>시간</translation>
    </message>
    <message>
        <source>Time inside tissue</source>
        <translation>조직 내 시간</translation>
    </message>
    <message>
        <source>Path length</source>
        <translation>경로 길이</translation>
    </message>
    <message>
        <source>Path inside tissue</source>
        <translation>조직 내 경로</translation>
    </message>
    <message>
        <source>Inefficiency</source>
        <translation>비효율</translation>
    </message>
    <message>
        <source>Inefficiency, way in</source>
        <translation>비효율(진입)</translation>
    </message>
    <message>
        <source>Swept area</source>
        <translation>쓸고 간 면적</translation>
    </message>
    <message>
        <source>Translational motions</source>
        <translation>이동 동작 수</translation>
    </message>
    <message>
        <source>Rotational motions</source>
        <translation>회전 동작 수</translation>
    </message>
    <message>
        <source>Punctures</source>
        <translation>천자 수</translation>
    </message>
    <message>
        <source>Target hit</source>
        <translation>목표 도달</translation>
    </message>
    <message>
        <source>Closest to target</source>
        <translation>목표 최근접</translation>
    </message>
    <message>
        <source>Advance, tip seen</source>
        <translation>침 끝을 보며 전진</translation>
    </message>
    <message>
        <source>Angle error</source>
        <translation>각도 오차</translation>
    </message>
    <message>
        <source>Depth error</source>
        <translation>깊이 오차</translation>
    </message>
    <message>
        <source>Overshoot</source>
        <translation>목표 초과</translation>
    </message>
    <message>
        <source>Nearest danger</source>
        <translation>가장 가까운 위험</translation>
    </message>
    <message>
        <source>Time off course</source>
        <translation>경로 이탈 시간</translation>
    </message>
    <message>
        <source>Strokes at target</source>
        <translation>목표에서의 절개 횟수</translation>
    </message>
    <message>
        <source>Probe path</source>
        <translation>프로브 이동</translation>
    </message>
    <message>
        <source>Probe rotation</source>
        <translation>프로브 회전</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>예</translation>
    </message>
    <message>
        <source>no</source>
        <translation>아니요</translation>
    </message>
    <message>
        <source>Experts: %1 to %2, median %3; pass mark %4 (%5 insertions)</source>
        <translation>전문가: %1 – %2, 중앙값 %3; 합격선 %4 (자입 %5회)</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::OverlaySwitches</name>
    <message>
        <source>Planes</source>
        <translation>조직층</translation>
    </message>
    <message>
        <source>Needle</source>
        <translation>침</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>목표</translation>
    </message>
    <message>
        <source>Corridor</source>
        <translation>통로</translation>
    </message>
    <message>
        <source>Dangers</source>
        <translation>위험 구조</translation>
    </message>
    <message>
        <source>Ruler</source>
        <translation>눈금자</translation>
    </message>
    <message>
        <source>Orientation</source>
        <translation>방향 표시</translation>
    </message>
    <message>
        <source>%1 in the picture (%2)</source>
        <translation>영상의 %1 (%2)</translation>
    </message>
    <message>
        <source>all</source>
        <translation>모두</translation>
    </message>
    <message>
        <source>essential</source>
        <translation>필수</translation>
    </message>
    <message>
        <source>none</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>chosen</source>
        <translation>선택</translation>
    </message>
    <message>
        <source>Overlays: %1</source>
        <translation>표시: %1</translation>
    </message>
    <message>
        <source>Overlays: all, essential, none (O)</source>
        <translation>표시: 모두, 필수, 없음 (O)</translation>
    </message>
    <message>
        <source>Muscle</source>
        <translation>근육</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::PlanControl</name>
    <message>
        <source>Plan %1 loaded</source>
        <translation>계획 %1 불러옴</translation>
    </message>
    <message>
        <source>Plan saved as %1</source>
        <translation>계획을 %1(으)로 저장함</translation>
    </message>
    <message>
        <source>Target here? Enter confirms, Esc drops it</source>
        <translation>여기가 목표입니까? Enter 확정, Esc 취소</translation>
    </message>
    <message>
        <source>No target set</source>
        <translation>목표 없음</translation>
    </message>
    <message>
        <source>Target set in the picture</source>
        <translation>영상에서 정한 목표</translation>
    </message>
    <message>
        <source>Target set; Ctrl+Z takes it back</source>
        <translation>목표를 정함; Ctrl+Z 되돌리기</translation>
    </message>
    <message>
        <source>Back to plan %1</source>
        <translation>계획 %1(으)로 되돌림</translation>
    </message>
    <message>
        <source>Back to no plan</source>
        <translation>계획 없음으로 되돌림</translation>
    </message>
    <message>
        <source>Target set again where the plan has it in this picture</source>
        <translation>이 영상에서 계획된 위치에 목표를 다시 설정했습니다</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::PlanPanel</name>
    <message>
        <source>No plan</source>
        <translation>계획 없음</translation>
    </message>
    <message>
        <source>Load one: Ctrl+L. Or click the target in the picture, then Enter.</source>
        <translation>불러오기: Ctrl+L. 또는 영상에서 목표를 클릭하고 Enter.</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>계획</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::PlanWindow</name>
    <message>
        <source>acuguide – plan</source>
        <translation>acuguide – 계획</translation>
    </message>
    <message>
        <source>patient code, never a name</source>
        <translation>환자 코드, 이름은 금지</translation>
    </message>
    <message>
        <source>LEFT</source>
        <translation>왼쪽</translation>
    </message>
    <message>
        <source>RIGHT</source>
        <translation>오른쪽</translation>
    </message>
    <message>
        <source>The patient&apos;s side: the paretic one as a rule</source>
        <translation>환자의 쪽: 보통 마비된 쪽</translation>
    </message>
    <message>
        <source>Landmarks…</source>
        <translation>표지점…</translation>
    </message>
    <message>
        <source>%1 points located; %2</source>
        <translation>혈위 %1개 위치 확인; %2</translation>
    </message>
    <message>
        <source>all points</source>
        <translation>모든 혈위</translation>
    </message>
    <message>
        <source>Select</source>
        <translation>선택</translation>
    </message>
    <message>
        <source>Click a danger zone to take it in hand</source>
        <translation>위험 구역을 눌러 선택</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>목표</translation>
    </message>
    <message>
        <source>Click where the target is</source>
        <translation>목표가 있는 곳을 누르십시오</translation>
    </message>
    <message>
        <source>Danger: ellipse</source>
        <translation>위험: 타원</translation>
    </message>
    <message>
        <source>Drag over what must be kept clear of</source>
        <translation>피해야 할 곳 위로 끄십시오</translation>
    </message>
    <message>
        <source>Danger: polygon</source>
        <translation>위험: 다각형</translation>
    </message>
    <message>
        <source>Click corner by corner; Enter or a double click closes it</source>
        <translation>꼭짓점을 차례로 누르고 Enter나 두 번 누르기로 닫음</translation>
    </message>
    <message>
        <source>danger</source>
        <translation>위험</translation>
    </message>
    <message>
        <source>Way in</source>
        <translation>진입 경로</translation>
    </message>
    <message>
        <source>Dangers</source>
        <translation>위험 구조</translation>
    </message>
    <message>
        <source>Checklist</source>
        <translation>점검표</translation>
    </message>
    <message>
        <source>at a depth</source>
        <translation>깊이로</translation>
    </message>
    <message>
        <source>target</source>
        <translation>목표</translation>
    </message>
    <message>
        <source>From the picture&apos;s centre line, positive to its right</source>
        <translation>영상 중심선에서, 오른쪽이 양수</translation>
    </message>
    <message>
        <source>none</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>알 수 없음</translation>
    </message>
    <message>
        <source>its depth</source>
        <translation>그 깊이</translation>
    </message>
    <message>
        <source>from the centre</source>
        <translation>중심에서</translation>
    </message>
    <message>
        <source>not deeper than</source>
        <translation>이보다 깊지 않게</translation>
    </message>
    <message>
        <source>probe&apos;s face</source>
        <translation>탐촉자 면</translation>
    </message>
    <message>
        <source>instrument</source>
        <translation>침도</translation>
    </message>
    <message>
        <source>not said</source>
        <translation>말하지 않음</translation>
    </message>
    <message>
        <source>along the limb</source>
        <translation>팔다리를 따라</translation>
    </message>
    <message>
        <source>across the limb</source>
        <translation>팔다리를 가로질러</translation>
    </message>
    <message>
        <source>picture lies</source>
        <translation>영상 방향</translation>
    </message>
    <message>
        <source>strokes</source>
        <translation>자침 횟수</translation>
    </message>
    <message>
        <source>Folder of your instruments</source>
        <translation>침도 폴더</translation>
    </message>
    <message>
        <source>Why this way</source>
        <translation>이 경로인 이유</translation>
    </message>
    <message>
        <source>nerve</source>
        <translation>신경</translation>
    </message>
    <message>
        <source>vessel</source>
        <translation>혈관</translation>
    </message>
    <message>
        <source>bone</source>
        <translation>뼈</translation>
    </message>
    <message>
        <source>pleura</source>
        <translation>흉막</translation>
    </message>
    <message>
        <source>tendon</source>
        <translation>힘줄</translation>
    </message>
    <message>
        <source>other</source>
        <translation>기타</translation>
    </message>
    <message>
        <source>as the atlas says</source>
        <translation>도감대로</translation>
    </message>
    <message>
        <source>through the picture</source>
        <translation>영상을 뚫고</translation>
    </message>
    <message>
        <source>along the picture</source>
        <translation>영상을 따라</translation>
    </message>
    <message>
        <source>name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>kind</source>
        <translation>종류</translation>
    </message>
    <message>
        <source>runs</source>
        <translation>주행</translation>
    </message>
    <message>
        <source>to stay free</source>
        <translation>남길 거리</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>삭제</translation>
    </message>
    <message>
        <source>Load…</source>
        <translation>불러오기…</translation>
    </message>
    <message>
        <source>Load a plan</source>
        <translation>계획 불러오기</translation>
    </message>
    <message>
        <source>Plans (*.json)</source>
        <translation>계획 (*.json)</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>저장…</translation>
    </message>
    <message>
        <source>Save the plan of the point in hand</source>
        <translation>선택한 혈위의 계획 저장</translation>
    </message>
    <message>
        <source>Save the plan</source>
        <translation>계획 저장</translation>
    </message>
    <message>
        <source>Print…</source>
        <translation>인쇄…</translation>
    </message>
    <message>
        <source>The plan on one page, as a PDF</source>
        <translation>한 쪽 계획, PDF</translation>
    </message>
    <message>
        <source>The plan on one page</source>
        <translation>한 쪽 계획</translation>
    </message>
    <message>
        <source>PDF (*.pdf)</source>
        <translation>PDF (*.pdf)</translation>
    </message>
    <message>
        <source>Use this plan</source>
        <translation>이 계획 사용</translation>
    </message>
    <message>
        <source>Guide by this plan</source>
        <translation>이 계획으로 안내</translation>
    </message>
    <message>
        <source>Plan %1 loaded</source>
        <translation>계획 %1 불러옴</translation>
    </message>
    <message>
        <source>Plan saved as %1</source>
        <translation>계획을 %1(으)로 저장함</translation>
    </message>
    <message>
        <source>Plan printed to %1</source>
        <translation>계획을 %1에 인쇄함</translation>
    </message>
    <message>
        <source>avoid: %1</source>
        <translation>피할 것: %1</translation>
    </message>
    <message>
        <source>reference depth %1–%2 cun, for filiform needles</source>
        <translation>참고 깊이 %1–%2촌, 호침 기준</translation>
    </message>
    <message>
        <source>Never in pregnancy</source>
        <translation>임신 중 금지</translation>
    </message>
    <message>
        <source>The atlas names: %1. What is not drawn is not kept clear of.</source>
        <translation>도감에 있는 것: %1. 그리지 않은 것은 피하지 않습니다.</translation>
    </message>
    <message>
        <source>Add a folder of yours…</source>
        <translation>폴더 추가…</translation>
    </message>
    <message>
        <source>From the left at %1</source>
        <translation>왼쪽에서 %1</translation>
    </message>
    <message>
        <source>From the right at %1</source>
        <translation>오른쪽에서 %1</translation>
    </message>
    <message>
        <source>The target&apos;s depth is not known</source>
        <translation>목표의 깊이를 알 수 없음</translation>
    </message>
    <message>
        <source>No way in</source>
        <translation>가능한 경로 없음</translation>
    </message>
    <message>
        <source>the plan&apos;s own</source>
        <translation>계획의 것</translation>
    </message>
    <message>
        <source>The patient&apos;s landmarks, touched or measured: they check the side and give the points their place</source>
        <translation>환자의 표지점(접촉 또는 측정): 좌우를 확인하고 혈위의 위치를 정합니다</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>그림</translation>
    </message>
    <message>
        <source>This patient, in 3D</source>
        <translation>이 환자, 3D</translation>
    </message>
    <message>
        <source>Save the plan where it has changed, and guide by it (%1)</source>
        <translation>바뀐 계획을 저장하고 그것으로 유도 (%1)</translation>
    </message>
    <message>
        <source>Save the plan to guide by</source>
        <translation>유도에 쓸 계획 저장</translation>
    </message>
    <message>
        <source>Guiding by %1</source>
        <translation>%1(으)로 유도 중</translation>
    </message>
    <message>
        <source>The guiding window cannot be started: open it with &quot;acuguide guide --plan %1&quot;</source>
        <translation>유도 창을 시작할 수 없음: &quot;acuguide guide --plan %1&quot;로 여십시오</translation>
    </message>
    <message>
        <source>No target here: it lies outside the image</source>
        <translation>여기에는 목표를 둘 수 없음: 영상 밖</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::PointsBar</name>
    <message>
        <source>%1: done; click to take it again</source>
        <translation>%1: 완료; 클릭하면 다시 합니다</translation>
    </message>
    <message>
        <source>%1: in hand</source>
        <translation>%1: 진행 중</translation>
    </message>
    <message>
        <source>%1: to come; click to take it now</source>
        <translation>%1: 예정; 클릭하면 지금 합니다</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::PracticeWindow</name>
    <message>
        <source>acuguide – practice</source>
        <translation>acuguide – 연습</translation>
    </message>
    <message>
        <source>Finish</source>
        <translation>마침</translation>
    </message>
    <message>
        <source>The insertion is over: show overlays and score</source>
        <translation>자입을 마치고 표시와 점수를 봅니다</translation>
    </message>
    <message>
        <source>New limb</source>
        <translation>새 팔다리</translation>
    </message>
    <message>
        <source>Another limb, another point</source>
        <translation>다른 팔다리, 다른 혈</translation>
    </message>
    <message>
        <source>Hints</source>
        <translation>도움 표시</translation>
    </message>
    <message>
        <source>Show the overlays while practising</source>
        <translation>연습 중에 표시를 봅니다</translation>
    </message>
    <message>
        <source>Advance</source>
        <translation>전진</translation>
    </message>
    <message>
        <source>Along the shaft, deeper</source>
        <translation>자루를 따라 더 깊이</translation>
    </message>
    <message>
        <source>Withdraw</source>
        <translation>후퇴</translation>
    </message>
    <message>
        <source>Along the shaft, out</source>
        <translation>자루를 따라 밖으로</translation>
    </message>
    <message>
        <source>Steeper</source>
        <translation>더 가파르게</translation>
    </message>
    <message>
        <source>Turn the blade about the skin</source>
        <translation>피부를 축으로 침도를 돌립니다</translation>
    </message>
    <message>
        <source>Shallower</source>
        <translation>더 완만하게</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>점수</translation>
    </message>
    <message>
        <source>The blade never went in</source>
        <translation>침도가 들어가지 않았습니다</translation>
    </message>
    <message>
        <source>Reach the target: %1. Drag up and down to advance and withdraw, left and right to turn; the wheel moves by 0.5 mm.</source>
        <translation>목표에 도달하십시오: %1. 위아래로 끌면 전진·후퇴, 좌우로 끌면 회전합니다. 휠은 0.5 mm씩 움직입니다.</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::ReadOut</name>
    <message>
        <source>Waiting for the first picture</source>
        <translation>첫 영상을 기다리는 중</translation>
    </message>
    <message>
        <source>No guidance: the picture is old. Stop the blade</source>
        <translation>유도 없음: 오래된 영상. 도침을 멈추십시오</translation>
    </message>
    <message>
        <source>Guidance is withheld. Space: live again</source>
        <translation>유도를 멈춤. 스페이스: 다시 실시간</translation>
    </message>
    <message>
        <source>Load one: Ctrl+L, or click the target</source>
        <translation>불러오기: Ctrl+L, 또는 목표를 클릭</translation>
    </message>
    <message>
        <source>The recording has ended: nothing is guided</source>
        <translation>기록이 끝남: 유도하지 않음</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::ReplayWindow</name>
    <message>
        <source>acuguide – replay</source>
        <translation>acuguide – 재생</translation>
    </message>
    <message>
        <source>%1–%2</source>
        <translation>%1–%2</translation>
    </message>
    <message>
        <source>all</source>
        <translation>모두</translation>
    </message>
    <message>
        <source>This frame</source>
        <translation>이 프레임</translation>
    </message>
    <message>
        <source>Insertions</source>
        <translation>자입</translation>
    </message>
    <message>
        <source>Recorded</source>
        <translation>기록 당시</translation>
    </message>
    <message>
        <source>What was said when it was recorded, beside today&apos;s analysis</source>
        <translation>기록 당시의 분석을 오늘의 분석 옆에</translation>
    </message>
    <message>
        <source>Bookmark</source>
        <translation>책갈피</translation>
    </message>
    <message>
        <source>Mark this frame</source>
        <translation>이 프레임을 표시합니다</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>메모</translation>
    </message>
    <message>
        <source>Write a note at this frame</source>
        <translation>이 프레임에 메모를 씁니다</translation>
    </message>
    <message>
        <source>Next event</source>
        <translation>다음 사건</translation>
    </message>
    <message>
        <source>Go to the next mark</source>
        <translation>다음 표시로 갑니다</translation>
    </message>
    <message>
        <source>Last event</source>
        <translation>이전 사건</translation>
    </message>
    <message>
        <source>Go to the mark before</source>
        <translation>이전 표시로 갑니다</translation>
    </message>
    <message>
        <source>%1, aligned at skin contact</source>
        <translation>%1, 피부 접촉에 맞춤</translation>
    </message>
    <message>
        <source>%1, from the beginning</source>
        <translation>%1, 처음부터</translation>
    </message>
    <message>
        <source>%1: is no recorded session</source>
        <translation>%1: 기록된 세션이 아닙니다</translation>
    </message>
    <message>
        <source>As recorded</source>
        <translation>기록 당시</translation>
    </message>
    <message>
        <source>%1 s after skin contact</source>
        <translation>피부 접촉 후 %1 s</translation>
    </message>
    <message>
        <source>Only recorded sessions keep bookmarks and notes</source>
        <translation>책갈피와 메모는 기록된 세션에만 남습니다</translation>
    </message>
    <message>
        <source>bookmark</source>
        <translation>책갈피</translation>
    </message>
    <message>
        <source>Marked frame %1</source>
        <translation>프레임 %1을(를) 표시했습니다</translation>
    </message>
    <message>
        <source>Note at this frame</source>
        <translation>이 프레임의 메모</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::ResidualPlot</name>
    <message>
        <source>mm</source>
        <translation>mm</translation>
    </message>
    <message>
        <source>Calibration, error of each frame: %1</source>
        <translation>보정, 프레임별 오차: %1</translation>
    </message>
    <message>
        <source>Validation: %1</source>
        <translation>검증: %1</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::ReviewPanel</name>
    <message>
        <source>No insertion was found in this session</source>
        <translation>이 세션에서 자입을 찾지 못했습니다</translation>
    </message>
    <message>
        <source>Insertion %1 of %2</source>
        <translation>자입 %1 / %2</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::SectionPainter</name>
    <message>
        <source> mm</source>
        <translation> mm</translation>
    </message>
    <message>
        <source>probe</source>
        <translation>탐촉자</translation>
    </message>
    <message>
        <source>not deeper than %1 mm</source>
        <translation>%1 mm보다 깊지 않게</translation>
    </message>
    <message>
        <source>The depth of this target is found in the picture: give it here to plan the way in.</source>
        <translation>이 목표의 깊이는 영상에서 찾습니다. 경로를 계획하려면 여기에 입력하십시오.</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::ServingNotice</name>
    <message>
        <source>Network: %1 was refused, as many as may be are connected (%2)</source>
        <translation>네트워크: %1의 연결을 거절함, 허용된 만큼(%2) 이미 연결됨</translation>
    </message>
    <message>
        <source>Network: a client that reads too slowly was let go</source>
        <translation>네트워크: 너무 느리게 읽는 상대의 연결을 끊음</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::SidePicture</name>
    <message>
        <source>depth %1</source>
        <translation>깊이 %1</translation>
    </message>
    <message>
        <source>to target %1</source>
        <translation>목표까지 %1</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::SittingPage</name>
    <message>
        <source>LEFT</source>
        <translation>왼쪽</translation>
    </message>
    <message>
        <source>RIGHT</source>
        <translation>오른쪽</translation>
    </message>
    <message>
        <source>A sitting</source>
        <translation>한 차례 치료</translation>
    </message>
    <message>
        <source>1  Patient</source>
        <translation>1  환자</translation>
    </message>
    <message>
        <source>Code, never a name: P07</source>
        <translation>이름이 아니라 코드: P07</translation>
    </message>
    <message>
        <source>Affected side</source>
        <translation>환측</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>왼쪽</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>오른쪽</translation>
    </message>
    <message>
        <source>Both, or not known</source>
        <translation>양쪽 또는 모름</translation>
    </message>
    <message>
        <source>2  Side and points</source>
        <translation>2  좌우와 혈</translation>
    </message>
    <message>
        <source>Search: code or name</source>
        <translation>찾기: 코드나 이름</translation>
    </message>
    <message>
        <source>All points</source>
        <translation>모든 혈</translation>
    </message>
    <message>
        <source>3  Begin</source>
        <translation>3  시작</translation>
    </message>
    <message>
        <source>A click on a point takes it, or takes it away</source>
        <translation>혈을 클릭하면 고르거나 뺍니다</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>뒤로</translation>
    </message>
    <message>
        <source>Begin</source>
        <translation>시작</translation>
    </message>
    <message>
        <source>the patient&apos;s code</source>
        <translation>환자 코드</translation>
    </message>
    <message>
        <source>Give the patient&apos;s code first.</source>
        <translation>먼저 환자 코드를 넣으십시오.</translation>
    </message>
    <message>
        <source>Choose the side: LEFT or RIGHT.</source>
        <translation>좌우를 고르십시오: 왼쪽 또는 오른쪽.</translation>
    </message>
    <message>
        <source>Choose the points: in the list, or on the figure.</source>
        <translation>혈을 고르십시오: 목록이나 그림에서.</translation>
    </message>
    <message>
        <source>%1   last %2</source>
        <translation>%1   지난번 %2</translation>
    </message>
    <message>
        <source>Points of %1</source>
        <translation>%1의 혈</translation>
    </message>
    <message>
        <source>Go on with %1</source>
        <translation>%1 계속</translation>
    </message>
    <message>
        <source>The affected side is %1: it will be asked at the point.</source>
        <translation>환측은 %1: 혈에서 다시 묻습니다.</translation>
    </message>
    <message>
        <source>At most %1 points a session.</source>
        <translation>한 번에 최대 %1혈.</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::SliceView</name>
    <message>
        <source>Axial</source>
        <translation>축상면</translation>
    </message>
    <message>
        <source>Coronal</source>
        <translation>관상면</translation>
    </message>
    <message>
        <source>Sagittal</source>
        <translation>시상면</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::SourceControl</name>
    <message>
        <source>Opening %1 …</source>
        <translation>%1 여는 중 …</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::SourceDialog</name>
    <message>
        <source>Choose a source</source>
        <translation>영상 원본 선택</translation>
    </message>
    <message>
        <source>Capture device</source>
        <translation>캡처 장치</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>녹화</translation>
    </message>
    <message>
        <source>Scanner</source>
        <translation>초음파기</translation>
    </message>
    <message>
        <source>Simulator</source>
        <translation>시뮬레이터</translation>
    </message>
    <message>
        <source>Video capture devices of this computer. A click opens one.</source>
        <translation>이 컴퓨터의 비디오 캡처 장치. 클릭하면 열립니다.</translation>
    </message>
    <message>
        <source>No capture device is there. Plug one in, then look again.</source>
        <translation>캡처 장치가 없습니다. 연결한 뒤 다시 찾으십시오.</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>다시 찾기</translation>
    </message>
    <message>
        <source>A video file, a MetaImage or NRRD sequence, or a folder of images. It can also be dropped on the window.</source>
        <translation>비디오 파일, MetaImage·NRRD 시퀀스, 또는 영상 폴더. 창에 끌어다 놓아도 됩니다.</translation>
    </message>
    <message>
        <source>File…</source>
        <translation>파일…</translation>
    </message>
    <message>
        <source>Folder of images…</source>
        <translation>영상 폴더…</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>최근</translation>
    </message>
    <message>
        <source>Write where the pictures come from. These forms are known:</source>
        <translation>영상이 오는 곳을 적으십시오. 다음 형식을 압니다:</translation>
    </message>
    <message>
        <source>gst:v4l2src ! videoconvert</source>
        <translation>gst:v4l2src ! videoconvert</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>연결</translation>
    </message>
    <message>
        <source>Simulated ultrasound with a blade going in. A click starts one.</source>
        <translation>도침이 들어가는 모의 초음파. 클릭하면 시작합니다.</translation>
    </message>
    <message>
        <source>This build has no simulator.</source>
        <translation>이 빌드에는 시뮬레이터가 없습니다.</translation>
    </message>
    <message>
        <source>Open a recording</source>
        <translation>녹화 열기</translation>
    </message>
    <message>
        <source>Open a folder of images</source>
        <translation>영상 폴더 열기</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::StartPage</name>
    <message>
        <source>Recent</source>
        <translation>최근</translation>
    </message>
    <message>
        <source>Where do the pictures come from?</source>
        <translation>영상은 어디에서 옵니까?</translation>
    </message>
    <message>
        <source>Use a capture device</source>
        <translation>캡처 장치 사용</translation>
    </message>
    <message>
        <source>The scanner&apos;s video output on this computer&apos;s frame grabber</source>
        <translation>초음파기의 비디오 출력을 이 컴퓨터의 캡처 카드로</translation>
    </message>
    <message>
        <source>Open a recording</source>
        <translation>녹화 열기</translation>
    </message>
    <message>
        <source>A video, a sequence, or a folder of images</source>
        <translation>비디오, 시퀀스 또는 영상 폴더</translation>
    </message>
    <message>
        <source>Connect to a scanner</source>
        <translation>초음파기에 연결</translation>
    </message>
    <message>
        <source>Over the network or through a GStreamer pipeline</source>
        <translation>네트워크나 GStreamer 파이프라인으로</translation>
    </message>
    <message>
        <source>Try the simulator</source>
        <translation>시뮬레이터 써 보기</translation>
    </message>
    <message>
        <source>Simulated ultrasound with a blade going to its target</source>
        <translation>도침이 목표로 가는 모의 초음파</translation>
    </message>
    <message>
        <source>Calibrate a probe</source>
        <translation>프로브 보정</translation>
    </message>
    <message>
        <source>The engineer&apos;s bench: calibrations there are, and new ones from recorded sweeps</source>
        <translation>엔지니어의 보정대: 기존 보정과, 녹화한 스캔으로 만드는 새 보정</translation>
    </message>
    <message>
        <source>Begin a sitting</source>
        <translation>치료 시작</translation>
    </message>
    <message>
        <source>Patient, side and points, then guide, point by point</source>
        <translation>환자, 좌우와 혈, 그다음 혈마다 안내</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::StatementPanel</name>
    <message>
        <source>Understood</source>
        <translation>확인했습니다</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::StatusStrip</name>
    <message>
        <source>State of the connection to the source</source>
        <translation>영상 원본과의 연결 상태</translation>
    </message>
    <message>
        <source>Age of the picture on the screen</source>
        <translation>화면에 보이는 영상의 지연</translation>
    </message>
    <message>
        <source>Pixel spacing; without it lengths are in pixels</source>
        <translation>픽셀 간격; 모르면 길이는 픽셀입니다</translation>
    </message>
    <message>
        <source>Guidance and alarm sound</source>
        <translation>유도음과 경보음</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>녹화</translation>
    </message>
    <message>
        <source>no source</source>
        <translation>영상 원본 없음</translation>
    </message>
    <message>
        <source>%1 fps</source>
        <translation>%1 fps</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>age %1</source>
        <translation>지연 %1</translation>
    </message>
    <message>
        <source>● REC %1</source>
        <translation>● 녹화 %1</translation>
    </message>
    <message>
        <source>%1 (N: on and off)</source>
        <translation>%1 (N: 켜기와 끄기)</translation>
    </message>
    <message>
        <source>LEFT</source>
        <translation>왼쪽</translation>
    </message>
    <message>
        <source>RIGHT</source>
        <translation>오른쪽</translation>
    </message>
    <message>
        <source>Frames a second that arrive; %1 dropped (not analysed because a newer one was there), %2 late (gap longer than one and a half frame times), %3 repeated (the same pixels as the one before)</source>
        <translation>초당 도착하는 프레임 수. %1 프레임 건너뜀(더 새로운 프레임이 있어 분석하지 않음), %2 프레임 늦음(간격이 프레임 시간의 1.5배 초과), %3 프레임 반복(앞 프레임과 픽셀이 같음)</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::StepsLine</name>
    <message>
        <source>The needle points at the target</source>
        <translation>침이 목표를 향합니다</translation>
    </message>
    <message>
        <source>Contraindications have been asked for today, and there is none (C)</source>
        <translation>오늘 금기를 확인했고 없음 (C)</translation>
    </message>
    <message>
        <source>The probe is over the point, and the target lies on its tissue (Enter)</source>
        <translation>탐촉자가 혈위 위에 있고 목표가 그 조직에 있음 (Enter)</translation>
    </message>
    <message>
        <source>The tip is in tissue and on its course</source>
        <translation>끝이 조직 안에서 경로 위에 있음</translation>
    </message>
    <message>
        <source>The last 5 mm of the way</source>
        <translation>마지막 5 mm</translation>
    </message>
    <message>
        <source>The tip is at the plane; strokes are counted</source>
        <translation>끝이 면에 있음; 횟수를 셈</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::Stylus</name>
    <message>
        <source>The stylus is seen.</source>
        <translation>스타일러스가 보입니다.</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>연결 중…</translation>
    </message>
    <message>
        <source>The source has ended.</source>
        <translation>소스가 끝났습니다.</translation>
    </message>
    <message>
        <source>Hidden from the tracker: %1</source>
        <translation>추적기에서 보이지 않음: %1</translation>
    </message>
    <message>
        <source>The tracker knows no stylus tip: give its pivot calibration.</source>
        <translation>추적기가 스타일러스 끝을 모릅니다: 끝 보정 결과를 지정하십시오.</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::Timeline</name>
    <message>
        <source>Drag: scrub. Wheel: zoom. Shift+wheel: move. Shift+drag: loop. Double click: all</source>
        <translation>끌기: 탐색. 휠: 확대. Shift+휠: 이동. Shift+끌기: 반복. 두 번 클릭: 전체</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::TimelinePainter</name>
    <message>
        <source>to %1</source>
        <translation>~ %1</translation>
    </message>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>Tip seen</source>
        <translation>침 끝 보임</translation>
    </message>
    <message>
        <source>Tip depth</source>
        <translation>침 끝 깊이</translation>
    </message>
    <message>
        <source>Danger</source>
        <translation>위험</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>사건</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::TransportBar</name>
    <message>
        <source>Play</source>
        <translation>재생</translation>
    </message>
    <message>
        <source>Play and pause</source>
        <translation>재생과 일시 정지</translation>
    </message>
    <message>
        <source>Ten frames back</source>
        <translation>열 프레임 뒤로</translation>
    </message>
    <message>
        <source>One frame back</source>
        <translation>한 프레임 뒤로</translation>
    </message>
    <message>
        <source>One frame on</source>
        <translation>한 프레임 앞으로</translation>
    </message>
    <message>
        <source>Ten frames on</source>
        <translation>열 프레임 앞으로</translation>
    </message>
    <message>
        <source>Slower</source>
        <translation>느리게</translation>
    </message>
    <message>
        <source>Faster</source>
        <translation>빠르게</translation>
    </message>
    <message>
        <source>Loop begins here</source>
        <translation>여기서 반복 시작</translation>
    </message>
    <message>
        <source>Loop ends here</source>
        <translation>여기서 반복 끝</translation>
    </message>
    <message>
        <source>Loop</source>
        <translation>반복</translation>
    </message>
    <message>
        <source>Loop on and off</source>
        <translation>반복 켜고 끄기</translation>
    </message>
    <message>
        <source>frame %1 / %2   %3</source>
        <translation>프레임 %1 / %2   %3</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>일시 정지</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::VolumeWindow</name>
    <message>
        <source>F, B: next and previous slice   Shift+move: all slices here   V: slices in space   G: structures   R: reset</source>
        <translation>F, B: 다음 단면과 이전 단면   Shift+이동: 모든 단면을 이곳으로   V: 공간의 단면   G: 구조물   R: 초기화</translation>
    </message>
    <message>
        <source>possible bone</source>
        <translation>가능한 뼈</translation>
    </message>
    <message>
        <source>possible deep fascia</source>
        <translation>가능한 깊은근막</translation>
    </message>
    <message>
        <source>possible vessel</source>
        <translation>가능한 혈관</translation>
    </message>
    <message>
        <source>possible nerve</source>
        <translation>가능한 신경</translation>
    </message>
    <message>
        <source>window %1   level %2</source>
        <translation>창 폭 %1   창 높이 %2</translation>
    </message>
    <message>
        <source>grey level %1</source>
        <translation>회색 값 %1</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::ZonePrompt</name>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::wording</name>
    <message>
        <source>%1 mm</source>
        <translation>%1 mm</translation>
    </message>
    <message>
        <source>mm</source>
        <translation>mm</translation>
    </message>
    <message>
        <source>px</source>
        <translation>px</translation>
    </message>
    <message>
        <source>%1 px</source>
        <translation>%1 px</translation>
    </message>
    <message>
        <source>NO NEEDLE</source>
        <translation>침 없음</translation>
    </message>
    <message>
        <source>APPROACH</source>
        <translation>접근</translation>
    </message>
    <message>
        <source>ON COURSE</source>
        <translation>방향 맞음</translation>
    </message>
    <message>
        <source>OFF COURSE</source>
        <translation>벗어남</translation>
    </message>
    <message>
        <source>AT TARGET</source>
        <translation>목표 도달</translation>
    </message>
    <message>
        <source>STOP</source>
        <translation>멈춤</translation>
    </message>
    <message>
        <source>NO PICTURE</source>
        <translation>영상 없음</translation>
    </message>
    <message>
        <source>STALE</source>
        <translation>오래됨</translation>
    </message>
    <message>
        <source>FROZEN</source>
        <translation>정지됨</translation>
    </message>
    <message>
        <source>NO PLAN</source>
        <translation>계획 없음</translation>
    </message>
    <message>
        <source>PAUSED</source>
        <translation>일시 정지</translation>
    </message>
    <message>
        <source>ENDED</source>
        <translation>끝남</translation>
    </message>
    <message>
        <source>NO GUIDANCE</source>
        <translation>유도 없음</translation>
    </message>
    <message>
        <source>Target plane not seen: move the probe until it shows</source>
        <translation>목표 층이 안 보임: 보일 때까지 탐촉자를 옮기십시오</translation>
    </message>
    <message>
        <source>Scale unknown: calibrate, or click the target</source>
        <translation>축척 모름: 보정하거나 목표를 클릭하십시오</translation>
    </message>
    <message>
        <source>Needle lost: hold still, tilt the probe</source>
        <translation>침을 놓침: 멈추고 탐촉자를 기울이십시오</translation>
    </message>
    <message>
        <source>Needle only predicted: hold still until it shows</source>
        <translation>침은 예측일 뿐: 보일 때까지 멈추십시오</translation>
    </message>
    <message>
        <source>Beside the corridor</source>
        <translation>통로에서 벗어남</translation>
    </message>
    <message>
        <source>Pointing away from the target</source>
        <translation>목표를 향하지 않음</translation>
    </message>
    <message>
        <source>Danger close: stop and withdraw</source>
        <translation>위험 구조 근접: 멈추고 빼십시오</translation>
    </message>
    <message>
        <source>Deeper than the plan allows: stop and withdraw</source>
        <translation>계획보다 깊음: 멈추고 빼십시오</translation>
    </message>
    <message>
        <source>Tip is past the target: stop and withdraw</source>
        <translation>침 끝이 목표를 지남: 멈추고 빼십시오</translation>
    </message>
    <message>
        <source>Picture is not live: stop the blade, check the scanner and its cable</source>
        <translation>실시간 영상이 아님: 도침을 멈추고 초음파기와 케이블을 확인하십시오</translation>
    </message>
    <message>
        <source>Source lost: check the cable; it reconnects by itself</source>
        <translation>영상 원본 끊김: 케이블을 확인하십시오. 저절로 다시 연결됩니다</translation>
    </message>
    <message>
        <source>Source lost (%1): it reconnects by itself</source>
        <translation>영상 원본 끊김(%1): 저절로 다시 연결됩니다</translation>
    </message>
    <message>
        <source>Source cannot be used: open another (Ctrl+O)</source>
        <translation>영상 원본을 쓸 수 없음: 다른 것을 여십시오 (Ctrl+O)</translation>
    </message>
    <message>
        <source>Source cannot be used: %1</source>
        <translation>영상 원본을 쓸 수 없음: %1</translation>
    </message>
    <message>
        <source>Needle lost: hold the blade still, tilt the probe until it shows</source>
        <translation>침을 놓침: 도침을 멈추고 보일 때까지 탐촉자를 기울이십시오</translation>
    </message>
    <message>
        <source>%1 close: stop and withdraw</source>
        <translation>%1 근접: 멈추고 빼십시오</translation>
    </message>
    <message>
        <source>Not calibrated: lengths are pixels; calibrate or give the scale (--spacing-mm)</source>
        <translation>보정되지 않음: 길이는 픽셀입니다. 보정하거나 축척을 주십시오 (--spacing-mm)</translation>
    </message>
    <message>
        <source>No millimetres: %1</source>
        <translation>밀리미터 없음: %1</translation>
    </message>
    <message>
        <source>Recording skips frames: computer too busy</source>
        <translation>녹화에서 프레임이 빠짐: 컴퓨터가 너무 바쁨</translation>
    </message>
    <message>
        <source>Recording skips frames: disk too slow</source>
        <translation>녹화에서 프레임이 빠짐: 디스크가 너무 느림</translation>
    </message>
    <message>
        <source>The disk will be full in %1 s: recording will stop then</source>
        <translation>%1초 후 디스크가 가득 참: 그때 녹화가 멈춤</translation>
    </message>
    <message>
        <source>Recording stopped: check the disk, then record again (R)</source>
        <translation>녹화가 멈춤: 디스크를 확인하고 다시 녹화하십시오 (R)</translation>
    </message>
    <message>
        <source>Recording stopped: %1</source>
        <translation>녹화가 멈춤: %1</translation>
    </message>
    <message>
        <source>connecting</source>
        <translation>연결 중</translation>
    </message>
    <message>
        <source>running</source>
        <translation>실행 중</translation>
    </message>
    <message>
        <source>lost</source>
        <translation>끊김</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>끝남</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>실패</translation>
    </message>
    <message>
        <source>not seen</source>
        <translation>안 보임</translation>
    </message>
    <message>
        <source>predicted</source>
        <translation>예측</translation>
    </message>
    <message>
        <source>seen</source>
        <translation>보임</translation>
    </message>
    <message>
        <source>skin</source>
        <translation>피부</translation>
    </message>
    <message>
        <source>superficial aponeurosis</source>
        <translation>표층 건막</translation>
    </message>
    <message>
        <source>deep aponeurosis</source>
        <translation>심층 건막</translation>
    </message>
    <message>
        <source>fascia</source>
        <translation>근막</translation>
    </message>
    <message>
        <source>bone</source>
        <translation>뼈</translation>
    </message>
    <message>
        <source>not calibrated: px</source>
        <translation>보정 안 됨: px</translation>
    </message>
    <message>
        <source>scale %1 mm/px</source>
        <translation>축척 %1 mm/px</translation>
    </message>
    <message>
        <source>target %1 deep</source>
        <translation>목표 깊이 %1</translation>
    </message>
    <message>
        <source>target on the %1</source>
        <translation>목표: %1 위</translation>
    </message>
    <message>
        <source>target at pixel %1, %2</source>
        <translation>목표 픽셀 %1, %2</translation>
    </message>
    <message>
        <source>left</source>
        <translation>왼쪽</translation>
    </message>
    <message>
        <source>right</source>
        <translation>오른쪽</translation>
    </message>
    <message>
        <source>patient %1</source>
        <translation>환자 %1</translation>
    </message>
    <message>
        <source>corridor %1</source>
        <translation>통로 %1</translation>
    </message>
    <message>
        <source>not deeper than %1</source>
        <translation>%1보다 깊지 않게</translation>
    </message>
    <message>
        <source>entry from the left</source>
        <translation>왼쪽에서 진입</translation>
    </message>
    <message>
        <source>entry from the right</source>
        <translation>오른쪽에서 진입</translation>
    </message>
    <message>
        <source>acuguide is research and training software. It is not a medical device and must not be the basis of a clinical decision.</source>
        <translation>acuguide는 연구 및 교육용 소프트웨어입니다. 의료기기가 아니며 임상 판단의 근거가 되어서는 안 됩니다.</translation>
    </message>
    <message>
        <source>Target may have left its tissue: press Enter to set it again, or click it</source>
        <translation>목표가 조직에서 벗어났을 수 있습니다: Enter로 다시 설정하거나 클릭하십시오</translation>
    </message>
    <message>
        <source>Is the probe over the point? Enter confirms it</source>
        <translation>탐촉자가 혈위 위에 있습니까? Enter로 확인</translation>
    </message>
    <message>
        <source>Needle lost while advancing: stop, hold still, tilt the probe until it shows</source>
        <translation>전진 중 바늘을 놓침: 멈추고 그대로 두고 보일 때까지 탐촉자를 기울이십시오</translation>
    </message>
    <message>
        <source>As many strokes as planned: withdraw, press for a minute, watch for bleeding</source>
        <translation>계획한 횟수에 도달: 빼고 1분간 누르며 출혈을 살피십시오</translation>
    </message>
    <message>
        <source>Tracked and seen needle are %1 mm apart: check markers and calibration</source>
        <translation>추적한 바늘과 보이는 바늘이 %1 mm 떨어져 있음: 마커와 교정을 확인하십시오</translation>
    </message>
    <message>
        <source>checklist</source>
        <translation>점검표</translation>
    </message>
    <message>
        <source>point</source>
        <translation>혈위</translation>
    </message>
    <message>
        <source>aligned</source>
        <translation>정렬</translation>
    </message>
    <message>
        <source>advancing</source>
        <translation>전진</translation>
    </message>
    <message>
        <source>last 5 mm</source>
        <translation>마지막 5 mm</translation>
    </message>
    <message>
        <source>at plane</source>
        <translation>면에 도달</translation>
    </message>
    <message>
        <source>stop</source>
        <translation>정지</translation>
    </message>
    <message>
        <source>→ %1</source>
        <translation>→ %1</translation>
    </message>
    <message>
        <source>← %1</source>
        <translation>← %1</translation>
    </message>
    <message>
        <source>⊗ %1 behind the picture</source>
        <translation>⊗ 영상 뒤 %1</translation>
    </message>
    <message>
        <source>⊙ %1 before the picture</source>
        <translation>⊙ 영상 앞 %1</translation>
    </message>
    <message>
        <source>Point not shown: the probe is not calibrated (%1)</source>
        <translation>혈위 표시 안 함: 탐촉자가 보정되지 않음(%1)</translation>
    </message>
    <message>
        <source>Point not shown: no pose leads there (%1)</source>
        <translation>혈위 표시 안 함: 이어지는 자세 없음(%1)</translation>
    </message>
    <message>
        <source>Point not shown: %1 is hidden from the tracker</source>
        <translation>혈위 표시 안 함: %1이(가) 추적기에 가려짐</translation>
    </message>
    <message>
        <source>Hold: perhaps a nerve or vessel. Y: it is one, D: it is not</source>
        <translation>멈춤: 신경이나 혈관일 수 있음. Y: 맞음, D: 아님</translation>
    </message>
    <message>
        <source>Possible nerve within its margin: hold and look. Y: it is one, D: it is not</source>
        <translation>가능한 신경의 여유 거리 안: 멈추고 확인. Y: 맞음, D: 아님</translation>
    </message>
    <message>
        <source>Possible vessel within its margin: hold and look. Y: it is one, D: it is not</source>
        <translation>가능한 혈관의 여유 거리 안: 멈추고 확인. Y: 맞음, D: 아님</translation>
    </message>
    <message>
        <source>The image does not change: stop the blade. Is the scanner frozen, the signal lost?</source>
        <translation>영상이 변하지 않습니다: 칼날을 멈추십시오. 초음파 장치가 정지되었거나 신호가 끊겼습니까?</translation>
    </message>
    <message>
        <source>A part of the program has failed: stop the blade; the image goes on (%1)</source>
        <translation>프로그램의 일부가 실패했습니다: 칼날을 멈추십시오. 영상은 계속됩니다 (%1)</translation>
    </message>
    <message>
        <source>Network: other computers may not get the images (%1); guidance goes on</source>
        <translation>네트워크: 다른 컴퓨터가 영상을 받지 못할 수 있습니다 (%1). 안내는 계속됩니다</translation>
    </message>
    <message>
        <source>The window did not answer for %1 s: what it showed was old</source>
        <translation>창이 %1 s 동안 응답하지 않았습니다: 그동안 표시된 것은 오래된 것입니다</translation>
    </message>
    <message>
        <source>Source: %1</source>
        <translation>소스: %1</translation>
    </message>
    <message>
        <source>possible nerve?</source>
        <translation>가능한 신경?</translation>
    </message>
    <message>
        <source>possible vessel?</source>
        <translation>가능한 혈관?</translation>
    </message>
    <message>
        <source>Nerves/vessels: off</source>
        <translation>신경/혈관: 꺼짐</translation>
    </message>
    <message>
        <source>Nerves/vessels: not sure</source>
        <translation>신경/혈관: 확실하지 않음</translation>
    </message>
    <message>
        <source>Nerves/vessels: on</source>
        <translation>신경/혈관: 켜짐</translation>
    </message>
    <message>
        <source>Nerves/vessels: on, %1 dismissed</source>
        <translation>신경/혈관: 켜짐, %1개 무시됨</translation>
    </message>
    <message>
        <source>Looked for by a network that misses some and takes other things for them</source>
        <translation>신경망이 찾음: 놓치는 것이 있고 다른 것을 잘못 볼 수 있음</translation>
    </message>
    <message>
        <source>Nobody looks for them: none shown does not mean none there</source>
        <translation>찾지 않음: 표시가 없다고 없는 것은 아님</translation>
    </message>
    <message>
        <source>The network cannot run: none shown does not mean none there</source>
        <translation>신경망을 실행할 수 없음: 표시가 없다고 없는 것은 아님</translation>
    </message>
    <message>
        <source>No answer yet</source>
        <translation>아직 답이 없음</translation>
    </message>
    <message>
        <source>The picture is unlike those the network learnt from: none shown does not mean none there</source>
        <translation>신경망이 배운 영상과 다름: 표시가 없다고 없는 것은 아님</translation>
    </message>
    <message>
        <source>No answer that is young enough: none shown does not mean none there</source>
        <translation>최근의 답이 없음: 표시가 없다고 없는 것은 아님</translation>
    </message>
    <message>
        <source>The tissue is not recognised in this picture: what was found in it is not shown</source>
        <translation>이 영상에서 조직을 알아볼 수 없음: 찾은 것을 표시하지 않음</translation>
    </message>
    <message>
        <source>Target deeper than the plan allows: click its plane, or change the plan</source>
        <translation>표적이 계획의 허용 깊이보다 깊습니다: 해당 층을 클릭하거나 계획을 변경하십시오</translation>
    </message>
    <message>
        <source>Hold: the tracker has the needle elsewhere. Check markers and calibration</source>
        <translation>멈추십시오: 추적기는 바늘이 다른 곳에 있다고 합니다. 마커와 교정을 확인하십시오</translation>
    </message>
    <message>
        <source>Complete the contraindication checklist first (C)</source>
        <translation>먼저 금기 점검표를 완료하십시오 (C)</translation>
    </message>
    <message>
        <source>Target lies outside the image: move the probe, or click another target</source>
        <translation>목표가 영상 밖에 있음: 탐촉자를 옮기거나 다른 목표를 누르십시오</translation>
    </message>
    <message>
        <source>%1: %2 away, safety margin %3</source>
        <translation>%1: 거리 %2, 안전 여유 %3</translation>
    </message>
    <message>
        <source>Tip %1 deep, maximum depth %2</source>
        <translation>끝 깊이 %1, 최대 깊이 %2</translation>
    </message>
    <message>
        <source>Tip %1 past the target</source>
        <translation>끝이 목표를 %1 지남</translation>
    </message>
    <message>
        <source>▸ checklist (C)</source>
        <translation>▸ 점검표 (C)</translation>
    </message>
    <message>
        <source>▸ confirm point (Enter)</source>
        <translation>▸ 혈자리 확인 (Enter)</translation>
    </message>
    <message>
        <source>Hold: the tip is not certain. Tilt the probe until the needle&apos;s end shows</source>
        <translation>멈추십시오: 바늘 끝이 확실하지 않습니다. 바늘 끝이 보일 때까지 탐촉자를 기울이십시오</translation>
    </message>
    <message>
        <source>Hold: tip or target lies behind the bone&apos;s surface. Check the needle, or click another target</source>
        <translation>멈추십시오: 바늘 끝이나 목표가 뼈 표면 뒤에 있습니다. 바늘을 확인하거나 다른 목표를 클릭하십시오</translation>
    </message>
    <message>
        <source>▸ bring the needle into the image</source>
        <translation>▸ 침을 영상 안으로</translation>
    </message>
    <message>
        <source>%1 o&apos;clock</source>
        <translation>%1시</translation>
    </message>
    <message>
        <source>Blade direction not known: follow nerve and vessel</source>
        <translation>날 방향을 모름: 신경과 혈관을 따르십시오</translation>
    </message>
    <message>
        <source>Blade at %1, as planned</source>
        <translation>날이 %1 방향, 계획대로</translation>
    </message>
    <message>
        <source>Turn the blade to %1, as planned</source>
        <translation>날을 %1 방향으로 돌리기, 계획대로</translation>
    </message>
    <message>
        <source>Blade at %1: parallel to %2</source>
        <translation>날이 %1 방향: %2와 나란함</translation>
    </message>
    <message>
        <source>Turn the blade to %1: parallel to %2</source>
        <translation>날을 %1 방향으로 돌리기: %2와 나란하게</translation>
    </message>
    <message>
        <source>(atlas)</source>
        <translation>(도감)</translation>
    </message>
    <message>
        <source>steeper %1</source>
        <translation>더 세우기 %1</translation>
    </message>
    <message>
        <source>shallower %1</source>
        <translation>더 눕히기 %1</translation>
    </message>
    <message>
        <source>move left %1</source>
        <translation>왼쪽으로 %1</translation>
    </message>
    <message>
        <source>move right %1</source>
        <translation>오른쪽으로 %1</translation>
    </message>
    <message>
        <source>advance %1</source>
        <translation>전진 %1</translation>
    </message>
    <message>
        <source>WITHDRAW %1</source>
        <translation>빼기 %1</translation>
    </message>
    <message>
        <source>WITHDRAW</source>
        <translation>빼기</translation>
    </message>
    <message>
        <source>hold</source>
        <translation>유지</translation>
    </message>
</context>
</TS>
